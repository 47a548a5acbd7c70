import { expect, test } from 'vitest'
import { meaningOf, wordsOf } from '../../../src/tables/spec/header-words.ts'

const kindOf = (header: string, ...others: string[]) =>
  meaningOf(wordsOf(header), [header, ...others].map(wordsOf))?.kind

test.each([
  ['Vorname', 'given name'],
  ['Nachname', 'family name'],
  ['Geburtsdatum', 'date'],
  ['PLZ', 'code'],
  ['Hauptstraße', 'address'],
  ['Prénom', 'given name'],
  ['date_naissance', 'date'],
  ['apellido1', 'family name'],
  ['fecha de nacimiento', 'date'],
  ['Código Postal', 'code'],
  ['sobrenome', 'family name'],
  ['cognome', 'family name'],
  ['achternaam', 'family name'],
  ['Фамилия', 'family name'],
  ['DateOfBirth', 'date'],
  ['givenname', 'given name'],
  ['ent_id', 'ignore'],
  ['name_first', 'given name'],
  ['inventor_name_last', 'family name'],
  ['midl_name', 'given name'],
  ['MAIDEN', 'family name'],
  ['addr:city', 'text'],
  ['res_city_desc', 'text'],
  ['addr:housenumber', 'code'],
  ['PHONENUMBER', 'code'],
  ['phones', 'code'],
  ['addresses', 'address'],
  ['gender_code', 'category'],
  ['geo_lat', 'number'],
  ['Longitude', 'number'],
  ['PRIM_LAT_DEC', 'number'],
  ['PRIM_LONG_DEC', 'number'],
  ['decimalLatitude', 'number'],
  ['ELEV_IN_M', 'number'],
  ['long_description', undefined],
  ['website', 'code'],
  ['LegalName', 'text'],
  ['hospital_name', 'text'],
  ['birth_place', 'text'],
  ['company_struct', undefined],
  ['http://dbpedia.org/ontology/birthDate', 'date'],
  ['https://films.example/ontology#seasonNumber', 'code'],
  ['http://xmlns.com/foaf/0.1/givenName', 'given name'],
  ['dcterms:title', 'text'],
  ['foaf:name', 'full name'],
  ['rdfs:label', 'ignore'],
  ['http://films.example/', undefined],
  ['remarks', undefined],
  ['nomenclature', undefined],
])('%s is a %s', (header, kind) => expect(kindOf(header)).toBe(kind))

test('a name alone is the whole name, or what the other name column is not', () => {
  expect(kindOf('nom')).toBe('full name')
  expect(kindOf('nom', 'prénom')).toBe('family name')
  expect(kindOf('Name', 'Vorname')).toBe('family name')
  expect(kindOf('nombre', 'apellido1', 'apellido2')).toBe('given name')
  expect(kindOf('name', 'price')).toBe('full name')
})
