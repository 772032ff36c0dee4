namespace IntegrationHub.Hub.Sync.Normalization;

/// <summary>Local parts that name no person, in lower case. Longer ones stand without separators; they are looked up both ways.</summary>
internal static class EmailLocalParts
{
    /// <summary>Departments and functions, in the languages of the shops that we know. What people also use for themselves (mail@, me@, ich@) is left out.</summary>
    public const string Roles = """
        info infos information informations admin admins administrator administration webadmin sysadmin root postmaster hostmaster webmaster abuse
        security noc privacy gdpr dpo legal compliance sales sale salesteam presales support supportteam help helpdesk servicedesk service services
        customerservice customerservices customercare customersupport customerrelations clientservices clientcare techsupport technical itsupport
        office offices frontdesk frontoffice backoffice reception contact contacts contactus hello hallo enquiry enquiries inquiry inquiries
        feedback questions team staff everyone everybody all allstaff office365 billing invoice invoices invoicing payment payments payable payables
        accountspayable accountsreceivable receivables account accounts accounting bookkeeping finance finances payroll treasury
        order orders ordering purchase purchases purchasing procurement returns refunds shipping delivery warehouse logistics dispatch shop store
        webshop onlineshop ecommerce marketing marketingteam advertising ads promo promotions newsletter newsletters news press media
        communications events event booking bookings reservation reservations reserve appointments appointment scheduling schedule
        jobs job career careers recruiting recruitment hiring hr humanresources people personnel training partners partner partnerships
        affiliate affiliates wholesale dealers vendors suppliers management board secretary
        subscribe unsubscribe subscriptions registration members membership community lists operations ops dev devops developer
        developers engineering it itdepartment tech api alerts alert monitoring notifications notification updates usenet uucp ftp mailbox
        kontakt kundenservice kundendienst buero zentrale empfang verwaltung sekretariat buchhaltung rechnung rechnungen rechnungswesen bestellung
        bestellungen einkauf verkauf vertrieb versand lager bewerbung bewerbungen personalabteilung datenschutz redaktion presse
        geschaeftsfuehrung anfrage anfragen termine termin praxis kanzlei
        commercial comptabilite facturation accueil secretariat direction commande commandes serviceclient recrutement
        contacto ventas administracion facturacion contabilidad pedidos soporte reservas recepcion atencioncliente atencionalcliente
        contato vendas financeiro atendimento suporte comercial
        amministrazione vendite ordini segreteria contabilita assistenza prenotazioni commerciale
        verkoop administratie klantenservice bestellingen boekhouding receptie
        biuro sklep zamowienia ksiegowosc rekrutacja obchod fakturace ucetni
        faktura fakturor kundtjanst kundeservice ordre salg firmapost myynti laskutus asiakaspalvelu
        """;

    /// <summary>Senders behind which no person reads.</summary>
    public const string Automatic = """
        noreply noreplay noresponse norespond donotreply dontreply donotrespond neverreply nicht-antworten nichtantworten keineantwort
        nepasrepondre noresponder naoresponda nonrispondere mailerdaemon daemon bounce bounces autoresponder automailer autoreply robot mailbot
        nobody devnull blackhole
        """;

    public const string Missing = """
        none null nil undefined unknown noemail nomail noemailaddress noaddress noemailprovided noemailgiven notprovided notavailable notapplicable
        notgiven nocontact noname n/a invalid invalidemail fake fakeemail dummy dummyemail placeholder anonymous anon guest guestuser
        walkin walkincustomer cashcustomer nocustomer customernoemail donthaveone donthaveemail doesnothaveemail refused declined keineemail keinemail
        keineangabe unbekannt anonym gast sansemail pasdemail inconnu sinemail sincorreo notiene notienecorreo semmail sememail nessuna senzaemail
        geenemail brakemail brak ukjent okand
        """;

    /// <summary>The first also with digits behind: test1, test2026.</summary>
    public const string Tests = """
        test tests testing testtest testuser testemail testmail testaccount testcustomer testorder asdf asdfasdf asdfg asdfgh asdfghjkl
        sdfsdf qwe qwer qwert qwerty qwertz qwertyuiop foobar blabla
        """;

    /// <summary>Blocked under the domains of documentation and haste only.</summary>
    public const string Samples = """
        foo bar baz foo.bar example sample user username name firstname.lastname first.last your youremail your.email your-email yourname your.name
        email emailaddress xxx aaa abc abc123 xyz you someone somebody no nope mymail myemail demo
        """;
}
