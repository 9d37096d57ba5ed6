"""Words in the names of columns, and what they say of the cells below: the one list of them.

Beside English there are the words of languages that cities publish in or import from. Accents are taken off before.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from cityfolio.model.privacy import Personal


def word_set(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


def word_pairs(text: str) -> frozenset[tuple[str, str]]:
    """The pairs of a text, each joined by "+"."""
    return frozenset((first, last) for first, last in (pair.split("+") for pair in text.split()))


def crossed(firsts: str, lasts: str) -> frozenset[tuple[str, str]]:
    """Each of some words with each of others after it: abbreviations are mixed at will."""
    return frozenset((first, last) for first in firsts.split() for last in lasts.split())


NUMBER = "number no num nbr nr"
# What a column holds, said by one word of its name, or by two that stand together.
SPEAK: Mapping[Personal, frozenset[str]] = {
    "national-id": word_set("""
        ssn ssns ssnbr ssnum ssno ssnr dlnumber dlnum dlno oln olnum dln dlnbr cdl socsec itin nino bsn pesel cpf dni
        curp passport passports cedula nationalid pasaporte passeport steuerid nss nhsno 身份证
    """),
    "payment-card": word_set("creditcard debitcard ccnum cardno cardnum cardnumber kreditkarte tarjeta pan"),
    "phone": word_set("""
        phone phones telephone telephones tel telno telnum telnbr phno phnum phnbr mob tlf tlfn mobile cell cellphone handy
        fone phn ph ani telf telefono telefon telephon telefone celular movil telefoon portable 电话 手机
    """),
    "email": word_set("email emails mail eml courriel correo emailid emailaddr 邮箱"),
    "birth-date": word_set("""
        birthday birthdate dob dobs ddn dofb bdate bthdate bd bthdt birthd birthdt brthdt brthdate bday yob birthyear birthyr
        nacimiento naissance geburtsdatum geburtstag geburtsjahr nascimento nascita geboortedatum urodzenia 生日
    """),
    "plate": word_set("""
        plate plates licenseplate numberplate licplate licplt lp lpn vrm rego placa matricula targa kennzeichen kenteken
        immatriculation 车牌
    """),
    "bank-account": word_set("iban routing aba rtn micr bankaccount bankacct acctnum kontonummer cuentabancaria clabe"),
    "address": word_set("""
        address addresses adress address1 address2 addr addr1 addr2 addrs adr adr1 adr2 addrline adresse adres direccion
        domicilio endereco indirizzo anschrift 地址
    """),
}
SPEAK_IN_PAIRS: Mapping[Personal, frozenset[tuple[str, str]]] = {
    "national-id": word_pairs("""
        social+security social+sec soc+security soc+sec national+id tax+id codice+fiscale licencia+conducir medicare+id
        seguro+social social+insurance nhs+number health+card
    """) | crossed("ss dl ol cdl alien medicare medicaid a", NUMBER) - word_pairs("a+no") | word_pairs("medicaid+id")
    | crossed("driver drivers drv drvr operator operators oper op ops", "license licence lic") | word_pairs("dr+lic"),
    "payment-card": word_pairs("""
        credit+card debit+card payment+card
    """) | crossed("card crd cc", NUMBER),
    "phone": word_pairs("call+back home+ph work+ph text+number")
    | crossed("contact contacto callback cb ph", NUMBER + " numero") | crossed("num numero", "contacto"),
    "email": word_pairs("e+mail electronic+mail"),
    "birth-date": word_pairs("""
        date+birth dt+birth birth+day year+birth yr+birth b+date d+o born+on birth+month born+date date+born date+bi f+nac
        fecha+nac b+dt
    """) | crossed("birth brth born dob", "date dt day dd month mo mm year yr yyyy yy"),
    "plate": word_pairs("""
        lic+tag lic+plt license+tag vehicle+registration car+reg reg+mark
    """) | crossed("license licence lic", "plate plt") | crossed("plate plt tag", NUMBER)
    | crossed("vehicle veh", "tag plate plt license licence lic"),
    "bank-account": word_pairs("""
        account+iban routing+number direct+deposit aba+number sort+code
    """) | crossed("bank bnk checking savings deposit", "account acct acc"),
    "address": word_pairs("""
        mail+address street+address mailing+address mail+addr mail+adr mail+add own+add owner+add mail+street mailing+street
        home+street
    """),
}

# Parts of names that only people have.
NAME_PARTS = word_set("""
    firstname lastname middlename fullname surname surnames forename forenames givenname nickname maiden fname lname mname fnm
    lnm mnm familyname middleinitial lstnm frstnm lstname frstname apellido apellidos prenom prenoms vorname nachname
    familienname cognome voornaam achternaam sobrenome imie nazwisko 姓名
""")
NAME_PAIRS = (crossed("first last middle full given family f l m preferred christian maiden fst lst", "name names nm nme")
              | crossed("name names nm nme", "first last middle full"))
NAMES = word_set("name names nm nme nam nombre nombres nom nome naam nazwa")
FIRST_LAST = word_set("first last middle given family fst lst")

# Words that end names of columns, and of which only the beginning is left where a format cuts names off.
CUT_OFF = ("address", "name", "number", "email", "phone", "telephone", "birth", "first", "last", "license", "security", "owner",
           "mailing", "street", "contact", "middle", "plate", "account", "comments", "description", "date", "code", "type")
# Words before which a system writes one letter for what the table is about: `pname` and `pmessage` of patrons.
PREFIXED = word_set("name names phone email addr addr1 addr2 address message comment comments notes birthdate surname zip")

# People whose names, addresses and telephones are their own affair.
PRIVATE = word_set("""
    pat tenant tenants occupant occupants resident residents patient patients pt victim victims suspect suspects complainant
    complainants complaintant caller callers requester requestor requesters guardian guardians parent parents witness
    witnesses student students pupil pupils driver drivers pedestrian passenger customer customers cust client clients citizen
    citizens person persons individual inmate inmates offender arrestee arrested deceased decedent spouse child children minor
    mother father donor voter voters registrant claimant claimants beneficiary resp responsible renter household householder
    homeowner homeowners subscriber patron patrons member members participant participants volunteer volunteers emergency
    relative kin nextofkin borrower insured taxpayer survivor juvenile defendant plaintiff petitioner respondent submitter
    reporter submitted deft defdt plf pltf plntf clr cllr vict susp wit drv drvr psgr stu stdnt grdn hoh dependent dependents
    heir heirs appellant rp ro juror jurors remitter finder commenter subj subject indiv rsdnt enrollee enrollees camper
    campers kid kids husband wife son daughter sibling roommate cosigner coapplicant passholder cardholder cardholders
    attendee attendees guest guests ratepayer ratepayers adopter adopters inquirer enquirer veteran veterans probationer
    parolee detainee accused convict emerg emergencia nino nina ninos ninas encargado encargada tutor padre madre persona
    contribuyente arrendatario titular titulaire demandeur abonne eleve enfant schuler participante inquilino paciente victima
    solicitante residente propietario proprietaire locataire patiente mieter patientin eigentumer eigenaar dueno denunciante
    alumno estudiante ciudadano cliente empleado
""")
# People with an office or a part in something public; their names are personal all the same.
PUBLIC_PARTS = word_set("""
    by contrib contributors app owner owners owner1 owner2 own own1 own2 ownr owne ownr1 applicant applicants appl applcnt
    employee employees empl emp staff officer officers contact contacts licensee agent agents inspector inspectors manager
    managers supervisor grantor grantee seller buyer buyers lessee lessor landlord landlords investigator responder operator
    trainee holder permittee signer assigned assignee payer examiner engineer planner reviewer preparer technician clerk
    lobbyist contributor filer treasurer attorney atty signatory payor grantees proprietor bidder bidders notary bondsman
    chauffeur coach poc attn landlady payee payees user users host hosts dispatcher worker workers incumbent retiree retirees
""")
PEOPLE = PRIVATE | PUBLIC_PARTS
HOME = word_set("""
    home hm hh pstl household residence residential residencial residency mailing mail personal private res resid domicile
    domicilio casa vivienda domicil wohnort living lives
""")

# A name, an address or a telephone of one of these is no person's: park_name, office_phone.
THINGS = word_set("""
    remit agency agencies airport area asset bank beach bike bldg block board body borough branch brand breed bridge building
    bus business businesses camera carrier category cemetery center centre channel church city class clinic club code college
    column common community company corporation corridor council country county course court creek dataset dba department
    departments dept desk display district division dock doctor domain entity establishment event facilities facility fac
    field file firm fund garden gas genus group headquarters hospital hotel hotline hydrant indicator institution item
    jurisdiction lake landmark layer library line location lodging mall market material measure meter metric model monument
    motel museum neighborhood neighbourhood office offices org organisation organization outlet owned ownership park parks
    parking pharmacy place plan plant playground pool poi main portal precinct premise premises product program project prop
    property provider public region restaurant restaurants river road room route sanctuary school schools scientific sector
    sensor service services sheet shelter shop sign site situs species sponsor sport state station stop store stores stream
    street structure subdivision supplier suppliers system table team test theater title tool topic town township trade trail
    tree type unit university utility vendor vendors venue village ward watershed website well work zone zoning toll tollfree
    help helpline info information poll hall center centro front incident crime offense accident crash collision intersection
    nearest cross polling corp inc llc barangay colegio escuela parque oficina empresa negocio edificio biblioteca ecole
    bureau entreprise schule amt behorde feature feat map gis choice ballot contest winner speaker performer musician player
    athlete honoree namesake dog cat animal pet artist author architect sculptor creator actor contractor contractors contr
    contrctr gc subcontractor employer consultant councillor councillors mayor elected representative councilmember councilor
    alderman commissioner commissioners senator official officials hearing appointee appointed governor president chair
    chairperson director principal minister incumbentparty political
""")
# Facilities and businesses: their addresses and telephones are there for the public.
FACILITIES = word_set("""
    remit agency airport bank bldg branch building business businesses church clinic college company dba department dept desk
    establishment facilities facility fac firm headquarters hospital hotel hotline landmark library lodging mall market museum
    office offices org organisation organization park parks pharmacy playground pool premise premises provider restaurant
    restaurants school schools shelter shop station store stores supplier theater university vendor vendors venue website
    polling poll centro precinct utility toll tollfree nonemergency helpline help info information public main service front
    contractor employer council councilmember elected official officials mayor commissioner colegio escuela parque oficina
    empresa negocio biblioteca ecole bureau entreprise schule amt behorde
""")
# What counts, tells apart or describes, and so holds none of these.
FIGURES = word_set("""
    count counts total totals share percent pct rate avg average mean median sum amount amt cost price fee fees paid value
    score rank index ratio days hours minutes seconds age ages size length width height area year years density population
    households homes units number_of per capacity licensed
""")
IDENTIFIERS = word_set("""
    id ids key code codes case caseno parcel parcels apn pin ain folio bbl bin opa gis strap lrsn altkey tmk sbl prop mslink
    permit permits ref reference record invoice lot tract fips geoid zip zipcode zip4 postal postcode naics sic ein fein tin
    epoch timestamp ts unix objectid serial license licence order ticket citation docket file gid fid uuid guid globalid hash
    account acct acc contract po check cheque badge sku upc isbn mtr barcode tax map block pid gpin lrk seq sequence nbr num
    no number meter asset tag item line rowid row version vin imei batch receipt transaction trans voucher incident event
    report crash request requestid workorder wo sr census geo blockgroup bg taxlot ledger gl milliseconds millis millisecond
    epochms ms
""")
STATES = word_set("""
    status state type kind class category flag indicator yn ind zip zipcode zip4 postal city town county country date dt time
    year month day count total id ids number no num nbr code age sex gender race ethnicity occupied description desc comment
    comments note notes remark remarks group method source preference valid verified language amount length bounce bounced opt
    sent unit units rate share percent pct score level rank hours days color colour make model relation relationship title
    suffix prefix role position department dept ward precinct district region area zone initials
""")
PROSE = word_set("""
    note notes comment comments remark remarks narrative narr cmt cmts cmnt cmnts rmk rmks nts description descriptions desc
    descr details detail text message messages memo summary statement body observation observations feedback complaint
    explanation reason instructions question answer resolution other misc freetext story nota notas comentario comentarios
    observaciones descripcion commentaire commentaires remarque beschreibung bemerkung bemerkungen kommentar violation
    violations
""")
GENERIC = word_set("""
    field fld col column value val values data var variable x f c attr attribute item info misc other extra unnamed untitled
    text string txt spare user custom additional addl free udf line entry content contents a b input answer response result
""")
LINKS = word_set("""
    emailed phoned add back call bill billing completo completa nodash dash of the and or to for de del la le du da do der des
    di e l d y no nm dt num nbr number cd id addr adr tel ph date day year four digits street city state zip code type first
    last middle given family birth social security sec soc license lic driver drivers veh vehicle reg card credit debit bank
    account acct acc home work cell contact main primary alt rp alternate secondary full legal hm wk res daytime evening fecha
    fax line lat lon lng latitude longitude
""")

LATITUDES = word_set("lat latitude latitud y ycoord lati latdd ylat pointy latitude1 latitudey")
LONGITUDES = word_set("lon lng long longitude longitud x xcoord longdd xlon pointx lngitude longitudex")
POINTS = word_set("""
    point location geom geometry geo coordinates coords coordinate coord latlon latlng latlong geolocation geocoded shape wkt
    position georeference
""")
# Nouns that only say what is given of the person or thing before them: owner_street.
GIVEN_OF = word_set("info information street location place line city state county country zip title type area unit")
# Of identifiers those that say nothing of what they number.
ANY_NUMBER = word_set("""
    id ids key code ref reference record nbr num no number account acct acc row rowid line seq sequence customer ein fein tin
    tax
""")
ELECTED = word_set("""
    candidate candidates nominee judge council councilmember councillor councillors mayor alderman elected commissioner
    commissioners senator representative board committee
""")
# People who are known by what they did; their names are printed everywhere.
RENOWNED = word_set("""
    named artist author architect sculptor creator actor performer musician player athlete honoree namesake speaker winner dog
    cat animal pet baby babies popular
""")
PUBLIC_PAIRS = word_pairs("non+emergency info+line help+line hot+line front+desk customer+service call+center")
Side = Literal["private", "public", ""]
PAIRED = [frozenset(pair) for pairs in (*SPEAK_IN_PAIRS.values(), NAME_PAIRS) for pair in pairs]
VOCABULARY = frozenset().union(*SPEAK.values(), NAME_PARTS, NAMES, PEOPLE, HOME, THINGS, FIGURES, IDENTIFIERS, STATES, PROSE,
                               LINKS, LATITUDES, LONGITUDES, POINTS, *PAIRED) - word_set("x y a b c d e f l m o")
