using System.Collections.Frozen;
using System.Text;

namespace IntegrationHub.Hub.Sync.Normalization;

/// <summary>
/// Canonical composition (NFC) of lower-case Latin, Greek and Cyrillic letters and kana: u + ¨ becomes ü, as some keyboards and file systems send it.
/// The framework's own normalization returns its input under InvariantGlobalization, so the pairs stand here; they are those of Unicode 15.
/// </summary>
internal static class Composition
{
    /// <summary>A combining mark, its canonical class (marks are sorted by it), and letters each followed by itself with the mark.</summary>
    private static readonly (char Mark, int Class, string Pairs)[] Table =
    [
        ('\u0300', 230, "aàeèiìoòuùüǜnǹеѐиѝēḕōṑwẁâầăằêềôồơờưừyỳαὰεὲηὴιὶοὸυὺωὼϊῒϋῢ"),
        ('\u0301', 230, "aáeéiíoóuúyýcćlĺnńrŕsśzźüǘgǵåǻæǽøǿϊΐαάεέηήιίϋΰοόυύωώгѓкќçḉēḗïḯkḱmḿõṍōṓpṕũṹwẃâấăắêếôốơớưứ"),
        ('\u0302', 230, "aâeêiîoôuûcĉgĝhĥjĵsŝwŵyŷzẑạậẹệọộ"),
        ('\u0303', 230, "aãnñoõiĩuũvṽâẫăẵeẽêễôỗơỡưữyỹ"),
        ('\u0304', 230, "aāeēiīoōuūüǖäǟȧǡæǣǫǭöȫõȭȯȱyȳиӣуӯgḡḷḹṛṝαᾱιῑυῡ"),
        ('\u0306', 230, "aăeĕgğiĭoŏuŭийуўжӂаӑеӗȩḝạặαᾰιῐυῠ"),
        ('\u0307', 230, "cċeėgġzżaȧoȯbḃdḋfḟhḣmṁnṅpṗrṙsṡśṥšṧṣṩtṫwẇxẋyẏſẛ"),
        ('\u0308', 230, "aäeëiïoöuüyÿιϊυϋеёіїаӓәӛжӝзӟиӥоӧөӫэӭуӱчӵыӹhḧõṏūṻwẅxẍtẗ"),
        ('\u0309', 230, "aảâẩăẳeẻêểiỉoỏôổơởuủưửyỷ"),
        ('\u030A', 230, "aåuůwẘyẙ"),
        ('\u030B', 230, "oőuűуӳ"),
        ('\u030C', 230, "cčdďeělľnňrřsštťzžaǎiǐoǒuǔüǚgǧkǩjǰhȟ"),
        ('\u030F', 230, "aȁeȅiȉoȍrȑuȕѵѷ"),
        ('\u0311', 230, "aȃeȇiȋoȏrȓuȗ"),
        ('\u031B', 216, "oơuư"),
        ('\u0323', 220, "bḅdḍhḥkḳlḷmṃnṇrṛsṣtṭvṿwẉzẓaạeẹiịoọơợuụưựyỵ"),
        ('\u0324', 220, "uṳ"),
        ('\u0325', 220, "aḁ"),
        ('\u0326', 220, "sștț"),
        ('\u0327', 202, "cçgģkķlļnņrŗsştţeȩdḑhḩ"),
        ('\u0328', 202, "aąeęiįuųoǫ"),
        ('\u032D', 220, "dḓeḙlḽnṋtṱuṷ"),
        ('\u032E', 220, "hḫ"),
        ('\u0330', 220, "eḛiḭuṵ"),
        ('\u0331', 220, "bḇdḏkḵlḻnṉrṟtṯzẕhẖ"),
        ('\u3099', 8, "かがきぎくぐけげこごさざしじすずせぜそぞただちぢつづてでとどはばひびふぶへべほぼうゔゝゞカガキギクグケゲコゴサザシジスズセゼソゾタダチヂツヅテデトドハバヒビフブヘベホボウヴワヷヰヸヱヹヲヺヽヾ"),
        ('\u309A', 8, "はぱひぴふぷへぺほぽハパヒピフプヘペホポ"),
    ];

    private static readonly FrozenDictionary<char, int> Classes = Table.ToFrozenDictionary(row => row.Mark, row => row.Class);
    private static readonly FrozenDictionary<(char Letter, char Mark), char> Composed = Pairs().ToFrozenDictionary(p => (p.Letter, p.Mark), p => p.Whole);
    private static readonly FrozenDictionary<char, (char Letter, char Mark)> Decomposed = Pairs().ToFrozenDictionary(p => p.Whole, p => (p.Letter, p.Mark));

    public static bool IsMark(char c) => Classes.ContainsKey(c);

    public static string Compose(string text)
    {
        var result = new StringBuilder(text.Length);
        List<char> cluster = [];
        foreach (var c in text)
        {
            if (!IsMark(c))
                Flush(cluster, result);
            AddDecomposed(c, cluster);
        }

        Flush(cluster, result);
        return result.ToString();
    }

    private static void AddDecomposed(char c, List<char> cluster)
    {
        if (!Decomposed.TryGetValue(c, out var pair))
        {
            cluster.Add(c);
            return;
        }

        AddDecomposed(pair.Letter, cluster);
        cluster.Add(pair.Mark);
    }

    /// <summary>Writes a letter with its marks: composed as far as pairs exist, the marks that are left behind it in canonical order.</summary>
    private static void Flush(List<char> cluster, StringBuilder result)
    {
        if (cluster.Count == 0)
            return;
        var letter = cluster[0];
        List<char> left = [];
        foreach (var mark in cluster.Skip(1).OrderBy(mark => Classes[mark]))
        {
            var blocked = left.Count > 0 && Classes[left[^1]] == Classes[mark];
            if (!blocked && Composed.TryGetValue((letter, mark), out var whole))
                letter = whole;
            else
                left.Add(mark);
        }

        result.Append(letter).Append([.. left]);
        cluster.Clear();
    }

    private static IEnumerable<(char Letter, char Mark, char Whole)> Pairs()
    {
        foreach (var (mark, _, pairs) in Table)
            for (var i = 0; i < pairs.Length; i += 2)
                yield return (pairs[i], mark, pairs[i + 1]);
    }
}
