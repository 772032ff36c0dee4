using System.Text;

namespace IntegrationHub.Bench;

/// <summary>A table as text, in Markdown.</summary>
internal sealed class Table(string title, params string[] columns)
{
    private readonly List<string[]> rows = [];
    private readonly List<string> notes = [];

    public void Add(params string[] cells) => rows.Add(cells);

    /// <summary>Adds a line below the table.</summary>
    public void Note(string line) => notes.Add(line);

    /// <summary>A note of how much the last costs compared to the first.</summary>
    public void NoteRatio(string what, double first, double last) => Note($"{what}, last to first: {last / first:0.00}");

    public override string ToString()
    {
        var widths = columns.Select((column, index) => rows.Select(row => row[index].Length).Append(column.Length).Max()).ToArray();
        var text = new StringBuilder().Append("## ").AppendLine(title).AppendLine();
        Line(text, columns, widths);
        Line(text, widths.Select((width, index) => new string('-', index == 0 ? width : width - 1) + (index == 0 ? "" : ":")), widths);
        foreach (var row in rows) Line(text, row, widths);
        if (notes.Count > 0) text.AppendLine();
        foreach (var note in notes) text.AppendLine(note);
        return text.ToString();
    }

    private static void Line(StringBuilder text, IEnumerable<string> cells, int[] widths) =>
        text.Append("| ").AppendJoin(" | ", cells.Select((cell, index) => index == 0 ? cell.PadRight(widths[index]) : cell.PadLeft(widths[index]))).AppendLine(" |");
}
