/**
 * What a header says of its column: the kind, and a concept that the header of another table may share.
 *
 * In:  a header as written. Out: its words, folded (unique_id, UniqueID and "unique id" are the same), and the first entry
 *      that knows them. Chinese and the Latin scripts of western Europe, and Russian. Leaves to propose-spec.ts: the cells.
 */
import type { ColumnKind } from './spec.ts'

export interface HeaderMeaning {
  /** Two tables with one column each of a concept mean the same by them. */
  readonly concept: string
  readonly kind: ColumnKind
}

const ANSWER =
  /^(true|gold|truth)\b|^(cluster|entity|ent|match|group|label|person key|真值|聚类)( (id|key|no|label))?$|^duplicate of$/

/** In order: the first that knows the words is taken. */
const MEANINGS: readonly (readonly [concept: string, kind: ColumnKind, words: RegExp])[] = [
  ['answer', 'ignore', ANSWER],
  [
    'person',
    'full name',
    /\b(full|complete|whole) ?name|first and (sur|last) ?name|姓名|名字|氏名|^(vollstandiger name|nom complet|nom et prenom|nombre completo|nombre y apellidos?|nome completo|names|fio|фио)$/,
  ],
  ['authors', 'full name', /^(authors?|autor(en|es)?|auteurs?|作者)$/],
  [
    'middle name',
    'given name',
    /\b(middle|midl|second given|second) ?(name|initial)s?\b|\bname middle\b|^(m ?name|middle|mi|zweiter vorname|segundo nombre)$/,
  ],
  [
    'given name',
    'given name',
    /\b(given|first|fore|christian|preferred) ?names?\b|\bname (first|given)\b|^f ?name|^(first|given|forename|fnm)$|^名$|\b(vornamen?|rufname|prenoms?|primer nombre|primeiro nome|nombre de pila|voorna(am|men)|fornavn|fornamn|imie|imiona)\b|^имя$/,
  ],
  [
    'family name',
    'family name',
    /\b(sur|last|family) ?names?\b|\bname (last|family)\b|^[ls] ?name|^(last|family|surname|lnm)$|^姓$|姓氏|\b(nachname|familienname|nom de famille|apellidos?|primer apellido|sobrenome|cognome|achternaam|etternavn|efternavn|efternamn|nazwisko)\b|^фамилия$/,
  ],
  [
    'birth place',
    'text',
    /\b(birth ?place|place ?of ?birth|geburtsort|lieu de naissance|lugar de nacimiento)\b|出生地/,
  ],
  ['birth name', 'family name', /\b(maiden|maiden ?name|geburtsname|nom de naissance|nom de jeune fille)\b/],
  [
    'birth date',
    'date',
    /\b(dob|born|birth ?day|birth ?date|date ?of ?birth)\b|出生日期|生日|\b(geburtsdatum|geburtstag|geboren|geb datum|date (de )?naissance|fecha (de )?nacimiento|data (de )?nascimento|data (di )?nascita|geboortedatum|fodselsdato|fodelsedatum|data urodzenia)\b|^дата рождения$/,
  ],
  ['date', 'date', /\b(date|datum|fecha)\b|日期|^released$/],
  [
    'sex',
    'category',
    /^((sex|gender) (code|cd|desc)|sex|gender|geschlecht|sexe|sexo|sesso|geslacht|kjonn|kon|plec|пол)$|性别/,
  ],
  ['page', 'code', /^(url|web ?site|web ?page|home ?page|web|网址)$/],
  ['email', 'code', /\b(e ?mails?|mail|correo)\b|邮箱/],
  [
    'telephone',
    'code',
    /\b((phones?|telephones?|tel|mobile|cell ?phone)( ?(number|num|no|nr))?|fax|telefono?n?|telefone|telefonn(umme)?r|handy|movil|celular|gsm)\b|手机|电话|^телефон$/,
  ],
  [
    'postcode',
    'code',
    /\b(zip|zip ?code|post ?code|postal|plz|postleitzahl|codigo postal|code postal|cep|cp)\b|邮编|^индекс$/,
  ],
  [
    'papers',
    'code',
    /\b(ssn|soc sec|passport|nino|isbn|issn|doi|upc|ean|gtin|asin|mpn|dni|nif|nie|cpf|cnpj|steuernummer|codice fiscale|снилс|инн)\b|身份证|证件|号码/,
  ],
  ['house number', 'code', /\b(house|street|building) ?(number|num|no|nr)\b|^haus ?n(umme)?r$/],
  ['number', 'code', /number$|nummer$|\bno$/],
  [
    'town',
    'text',
    /^((addr|address|res|residence|residential|home|mailing) )?(city|town|suburb|locality)( (name|desc))?$|^(district|municipality|ort|stadt|ville|ciudad|cidade|citta|plaats|城市)$/,
  ],
  [
    'address',
    'address',
    /\b(addr|address(es)?|street)\b|地址|住址|住所|(^|\b|[a-z])(strasse|anschrift|adresse|direccion|domicilio|calle|endereco|indirizzo|adres)\b|^(адрес|улица)$/,
  ],
  ['state', 'category', /^(state|province|region|bundesland|estado|provincia)$/],
  ['age', 'number', /\b(age|alter|edad|idade|eta|leeftijd)\b|年龄|岁/],
  ['year', 'number', /\b(year|jahr|annee|ano|anno|jaar|yob|byear|geburtsjahr)\b|年份/],
  // Of a point on the map: two tables call it by words that share nothing.
  ['latitude', 'number', /\b(lat|latitude|latitud|breitengrad)\b|^纬度$/],
  [
    'longitude',
    'number',
    /\b(lon|lng|longitude|longitud|langengrad)\b|^((geo|gps|prim|decimal) )?long( (dec|decimal|deg|dd|wgs 84))?$|^经度$/,
  ],
  ['elevation', 'number', /\b(elev|elevation|altitude)\b/],
  ['price', 'number', /\b(price|cost|preis|prix|precio|preco|prezzo|prijs)\b|价格/],
  ['amount', 'number', /\b(amount|count|height|weight)\b/],
  [
    'organisation',
    'text',
    /^(legal|registered|company|business|firm|organi[sz]ation|corporate|trading|trade|facility|hospital|school|site|institution|place|venue|restaurant|hotel|shop|store|employer) ?name$|^(company|firm|organi[sz]ation|firma|firmenname|raison sociale|razon social|ragione sociale|denominazione|razao social|entreprise|empresa|azienda|unternehmen|bedrijfsnaam|公司|公司名称|企业名称|单位名称|机构名称)$/,
  ],
  [
    'title',
    'text',
    /^((product|item|song|book|paper|track|movie|film|article) )?(title|name)$|^(titel|titre|titulo|titolo|bezeichnung|标题|题名)$/,
  ],
]

/** A word that means the family name beside a given name of its own, the whole name or the given name else. */
const NAME_ALONE = /^(nom|nome|nombre|nombres|name|navn|namn|naam)$/

/** @param all words of all headers of the table */
export function meaningOf(words: string, all: readonly string[]): HeaderMeaning | undefined {
  const found = MEANINGS.find(([, , pattern]) => pattern.test(words))
  if (NAME_ALONE.test(words)) {
    const others = all.filter((each) => each !== words).map((each) => conceptOf(each))
    if (others.includes('given name') && !others.includes('family name'))
      return { concept: 'family name', kind: 'family name' }
    if (others.includes('family name') && !others.includes('given name'))
      return { concept: 'given name', kind: 'given name' }
    return { concept: 'name', kind: 'full name' }
  }
  return found === undefined ? undefined : { concept: found[0], kind: found[1] }
}

function conceptOf(words: string): string | undefined {
  return MEANINGS.find(([, , pattern]) => pattern.test(words))?.[0]
}

const WHOLE: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', æ: 'ae', ł: 'l' }

/** What stands before the word itself in linked data: http://dbpedia.org/ontology/birthDate, dcterms:title. */
const OF_VOCABULARY =
  /^(?:[a-z][a-z0-9+.-]*:\/\/\S*[/#]|(?:dc|dct|dcterms|foaf|rdfs?|schema|skos|owl|vcard|dbo|dbp|geo|gn|org|bibo|wdt):)(?=[^\s/#]+$)/i

/** unique_id, UniqueID and "unique id" are the same words; accents go, and so does the address of a vocabulary. */
export function wordsOf(header: string): string {
  return header
    .replace(OF_VOCABULARY, '')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .normalize('NFKC')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[_\-\s./():]+/g, ' ')
    .replace(/([a-zA-Z])(\d)/g, '$1 $2')
    .trim()
    .toLowerCase()
    .replace(/[ßøæł]/g, (letter) => WHOLE[letter])
}
