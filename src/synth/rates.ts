/**
 * Every rate of the made-up county in one table, and the presets that change some of them.
 *
 * In:  a preset's name and, if wanted, the text of a JSON file `{ "census.id.missing": 0.2 }`.
 * Out: complete rates. docs/synth.md shows this table; a test keeps the two alike.
 * Keys before the first dot: `world` and `hukou` are facts, the registers' names are errors.
 */

interface RateRow {
  readonly value: number
  readonly what: string
}

const row = (value: number, what: string): RateRow => ({ value, what })

export const RATE_TABLE = {
  // People, families, places
  'world.inbound': row(0.17, 'share of people whose hukou is outside the county'),
  'world.inbound.family': row(0.45, 'of these, arrived as families'),
  'world.minority': row(0.089, 'share of families that are not Han'),
  'world.dotted': row(0, 'of these, share in counties where dotted names are the rule'),
  'world.twins': row(0.017, 'share of babies who are twins'),
  'world.rare-character': row(0.012, 'given-name characters taken from the rare ones'),
  'world.mother-surname': row(0.03, "children with the mother's surname"),
  'world.former-name': row(0.02, 'people with a former name (曾用名)'),
  'world.born-elsewhere': row(0.06, 'register people numbered in another county'),
  'world.heaped-birth': row(0.04, 'birth dates of the old that were recorded as 01-01 or the 15th'),
  'world.away.household': row(0.12, 'register households of which everybody lives elsewhere'),
  'world.away.adult': row(0.4, 'adults of 18 to 45 who live away from home'),
  'world.away.other': row(0.1, 'people of other ages who live away'),
  'world.boarder': row(0.3, 'aged 15 to 18 who board at a school of the county'),
  'world.abroad': row(0.012, 'of those away: abroad'),
  'world.hkmt': row(0.004, 'of those away: in Hong Kong, Macao or Taiwan'),
  'world.same-village': row(0.06, 'of those away: another block of the same village'),
  'world.same-township': row(0.12, 'of those away: another village of the township'),
  'world.same-county': row(0.4, 'of those away: another township of the county'),
  'world.short-absence': row(0.14, 'of those away: for less than half a year'),
  'world.undetermined': row(0.0012, 'people without any hukou (户口待定)'),
  'world.death-level': row(1, 'factor on the table of mortality'),
  'world.infant-death': row(0.022, 'babies who die in their first year'),
  'world.home-birth': row(0.03, 'babies born without a certificate'),
  'world.stranger-birth': row(0.04, 'births here of mothers from elsewhere, against all births'),
  'world.stranger-death': row(0.03, 'deaths here of people from elsewhere, against all deaths'),

  // What the police register truly holds
  'hukou.collective': row(0.03, 'register people in collective households'),
  'hukou.moved-in': row(0.06, 'people with a move-in from elsewhere, long ago'),
  'hukou.moved-inside': row(0.01, 'people whose hukou moved inside the county'),
  'hukou.moved-inside-after': row(0.0008, 'the same after the standard time'),
  'hukou.moved-not-cancelled': row(0.05, 'moves inside the county whose old row stayed active'),
  'hukou.moved-out': row(0.012, 'people whose hukou left the county before the standard time'),
  'hukou.moved-out.stays': row(0.12, 'of these, still living here with the hukou elsewhere'),
  'hukou.moved-out.pocket': row(0.03, 'of these, moved in nowhere (口袋户口)'),
  'hukou.moved-out-after': row(0.0007, 'people whose hukou leaves after the standard time'),
  'hukou.moved-in-after': row(0.0007, 'people whose hukou arrives after the standard time'),
  'hukou.soldier': row(0.0025, 'people whose hukou was cancelled at enlistment'),
  'hukou.settled-abroad': row(0.001, 'people settled abroad'),
  'hukou.deleted': row(0.0008, 'people whose row was deleted though they live here'),
  'hukou.deleted-double': row(0.003, 'people with a cancelled second row'),
  'hukou.double': row(0.0016, 'people with two active rows'),
  'hukou.double.other-id': row(0.4, 'of these, with two numbers'),
  'hukou.shared-id': row(0.0008, "people who carry another person's number"),
  'hukou.old-version': row(0.04, 'people with an older version of their row'),
  'hukou.old-version.id': row(0.12, 'of these, under another number'),
  'hukou.reversed': row(0.001, 'people with a reversed row'),
  'hukou.dead-not-cancelled': row(0.25, 'deaths not cancelled within half a year'),
  'hukou.dead-long-ago': row(0.0018, 'people dead for years and still active, without a certificate'),
  'hukou.dead-long-ago.oldest': row(0.5, 'the same, of those who would be 95 or older'),
  'hukou.birth-unregistered': row(0.12, 'babies not registered within 30 days'),
  'hukou.cancelled-alive': row(0.0004, 'living people whom the police have cancelled as dead'),
  'hukou.dead-purged': row(0.02, 'dead people whose row is gone from the extract'),
  'hukou.home-birth-unregistered': row(0.6, 'babies without a certificate and not registered'),
  'hukou.late-cancellation': row(0.2, 'cancelled deaths that were cancelled after more than 30 days'),

  // police: keyed from cards
  'police.id.missing': row(0.0008, 'no number'),
  'police.id.missing.infant': row(0.03, 'no number on the row of a child under one'),
  'police.id.placeholder': row(0.0002, '无, 000…, 999…'),
  'police.id.digit': row(0.0009, 'one digit wrong'),
  'police.id.swap': row(0.0002, 'two neighbouring digits exchanged'),
  'police.id.jump': row(0.00005, 'two digits around a third exchanged'),
  'police.id.length': row(0.0002, 'a digit lost or added'),
  'police.id.excel': row(0.0001, 'cut by a spreadsheet'),
  'police.id.legacy': row(0.004, '15 digits, of those born before 1984'),
  'police.id.form': row(0.006, "lower x, full width, spaces, leading '"),
  'police.id.no-x': row(0.01, 'final X lost, of the numbers that have one'),
  'police.id.parent': row(0.0004, "a parent's number on the child's row, of those under 6"),
  'police.id.household': row(0.0002, 'the number of a member of the household'),
  'police.id.other': row(0.00005, "somebody else's good number"),
  'police.name.sound': row(0.0018, 'a character of the same sound'),
  'police.name.shape': row(0.0008, 'a character that looks alike'),
  'police.name.fuzzy': row(0.0003, 'a character of nearly the same sound'),
  'police.name.length': row(0.0002, 'a character lost or added'),
  'police.name.order': row(0.0001, 'characters exchanged'),
  'police.name.variant': row(0.002, 'a traditional or variant character'),
  'police.name.nickname': row(0.0001, 'former name, pet name'),
  'police.name.placeholder': row(0.00005, 'not named'),
  'police.name.damaged': row(0.12, 'rare characters lost (?, □, private use, (龙天))'),
  'police.name.dotted': row(0.15, 'another separator, order, spelling or cut of a dotted name'),
  'police.birth.error': row(0.0012, 'a wrong birth date'),
  'police.birth.lunar': row(0.004, 'the lunar date written as if Gregorian, of those born before 1980'),
  'police.birth.blank': row(0.0001, 'no birth date'),
  'police.sex': row(0.0004, 'the other sex'),
  'police.ethnicity': row(0.001, 'another ethnic group'),
  'police.kin.missing': row(0.25, "a parent's or spouse's number not entered"),
  'police.kin.error': row(0.004, "a parent's or spouse's number or name mistyped"),

  // census: keyed at the door
  'census.id.missing': row(0.025, 'no number, of those listed as away'),
  'census.id.missing.present': row(0.045, 'no number, of those living away from their hukou'),
  'census.id.missing.infant': row(0.3, 'no number on the row of a child under one'),
  'census.id.placeholder': row(0.001, '无, 000…, 999…'),
  'census.id.digit': row(0.006, 'one digit wrong'),
  'census.id.swap': row(0.0015, 'two neighbouring digits exchanged'),
  'census.id.jump': row(0.0002, 'two digits around a third exchanged'),
  'census.id.length': row(0.0025, 'a digit lost or added'),
  'census.id.excel': row(0.001, 'cut by a spreadsheet'),
  'census.id.legacy': row(0.0015, '15 digits, of those born before 1984'),
  'census.id.form': row(0.015, "lower x, full width, spaces, leading '"),
  'census.id.no-x': row(0.03, 'final X lost, of the numbers that have one'),
  'census.id.parent': row(0.008, "a parent's number on the child's row, of those under 6"),
  'census.id.household': row(0.0012, 'the number of a member of the household'),
  'census.id.exchanged': row(0.0006, 'households in which two members bear the number of each other'),
  'census.id.other': row(0.0003, "somebody else's good number"),
  'census.name.sound': row(0.0075, 'a character of the same sound'),
  'census.name.shape': row(0.003, 'a character that looks alike'),
  'census.name.fuzzy': row(0.002, 'a character of nearly the same sound'),
  'census.name.length': row(0.001, 'a character lost or added'),
  'census.name.order': row(0.0004, 'characters exchanged'),
  'census.name.variant': row(0.003, 'a traditional or variant character'),
  'census.name.nickname': row(0.002, 'former name, pet name'),
  'census.name.placeholder': row(0.0008, '张某, 某某之子'),
  'census.name.damaged': row(0.2, 'rare characters lost'),
  'census.name.dotted': row(0.35, 'another separator, order, spelling or cut of a dotted name'),
  'census.birth.error': row(0.008, 'a wrong birth month'),
  'census.birth.lunar': row(0.02, 'the lunar month, of those born before 1980'),
  'census.birth.blank': row(0.002, 'no birth month'),
  'census.birth.day': row(0.05, 'a full date where a month is asked'),
  'census.sex': row(0.002, 'the other sex'),
  'census.ethnicity': row(0.003, 'another ethnic group'),
  'census.relation': row(0.02, 'another relation'),
  'census.count': row(0.008, 'households whose declared counts are wrong'),
  'census.other-head': row(0.5, 'households whose head is not the head of the register'),
  'census.miss.present': row(0.02, 'people missed where they live away from their hukou'),
  'census.miss.home': row(0.003, 'people missed who live where their hukou is'),
  'census.miss.infant': row(0.06, 'children under one missed at every place'),
  'census.miss.dying': row(0.35, 'people missed who died soon after the standard time'),
  'census.miss.away': row(0.03, 'away people missed at their hukou'),
  'census.miss.household': row(0.003, 'whole households missed'),
  'census.miss.everywhere': row(0.002, 'register people missed at every place'),
  'census.twice.home': row(0.012, 'people living elsewhere in the county who are also listed as present at home'),
  'census.twice.cross': row(0.003, 'people listed as present at two places away from their hukou'),
  'census.twice.same': row(0.0015, 'people listed as present in two households of one village'),
  'census.twice.household': row(0.0015, 'households listed twice'),
  'census.twice.away': row(0.0008, 'people at home who are also listed as away in the same block'),
  'census.away-after-move': row(0.06, 'people whose hukou left, still listed as away'),
  'census.dead': row(0.02, 'dead before the standard time, and listed'),
  'census.soldier': row(0.08, 'soldiers listed'),
  'census.settled-abroad': row(0.15, 'people settled abroad listed as away'),
  'census.late-birth': row(0.2, 'babies born after the standard time, and listed'),
  'census.abroad-unlisted': row(0.1, 'people abroad whom the household does not declare'),
  'census.residence.wrong': row(0.03, 'the residence of an away person is wrong'),
  'census.hukou.wrong': row(0.02, 'the hukou place of a present person is wrong (at home one tenth of it)'),
  'census.hukou.undetermined': row(0.003, 'D8 = 5 though the hukou is registered (at home one tenth of it)'),
  'census.code.short': row(0.2, 'claimed codes of 6 or 9 digits only'),
  'census.code.blank': row(0.05, 'claimed codes left empty'),
  'census.duration.side': row(0.03, 'D9 on the wrong side of half a year'),
  'census.duration.step': row(0.1, 'D9 one category off'),
  'census.duration.blank': row(0.01, 'D9 empty'),

  // census_deaths
  'form.miss': row(0.28, 'deaths of the window without a form row'),
  'form.miss.infant': row(0.75, 'the same, of children under one'),
  'form.duplicate': row(0.02, 'deaths on two form rows'),
  'form.out-of-window': row(0.04, 'earlier or later deaths on the form'),
  'form.month': row(0.03, 'a wrong month of death'),
  'form.alive': row(0.00012, 'living people on the form'),
  'form.id.missing': row(0.2, 'no number'),
  'form.id.error': row(0.015, 'a wrong number'),
  'form.name.error': row(0.03, 'a wrong name'),
  'form.birth.error': row(0.03, 'a wrong birth month'),
  'form.sex': row(0.003, 'the other sex'),

  // births
  'births.unnamed': row(0.08, "not named yet: empty, 未取名, mother's name with 之子"),
  'births.renamed': row(0.06, 'registered under another given name later'),
  'births.parent.id.missing': row(0.02, "a parent's number not entered"),
  'births.parent.id.error': row(0.008, "a parent's number mistyped"),
  'births.father.missing': row(0.05, 'no father entered'),
  'births.name.error': row(0.008, 'a wrong name'),
  'births.birth.error': row(0.002, 'a wrong birth date'),
  'births.sex': row(0.002, 'the other sex'),

  // deaths
  'deaths.no-certificate': row(0.15, 'deaths without a certificate'),
  'deaths.id.missing': row(0.06, 'no number'),
  'deaths.id.error': row(0.01, 'a wrong number'),
  'deaths.name.error': row(0.015, 'a wrong name'),
  'deaths.birth.error': row(0.01, 'a wrong birth date'),
  'deaths.birth.blank': row(0.03, 'no birth date'),
  'deaths.sex': row(0.002, 'the other sex'),
} as const satisfies Record<string, RateRow>

export type RateName = keyof typeof RATE_TABLE
export type Rates = Readonly<Record<RateName, number>>

const ERROR_PREFIXES = ['police.', 'census.', 'form.', 'births.', 'deaths.']
/** Not errors of writing, so that neither `hard` nor `clean` touches them. */
const NOT_ERRORS: readonly string[] = [
  'census.other-head',
  'census.birth.day',
  'police.id.legacy',
  'police.kin.missing',
  'census.code.short',
  'form.miss',
  'form.miss.infant',
  'deaths.no-certificate',
]

const isError = (name: string): boolean =>
  ERROR_PREFIXES.some((prefix) => name.startsWith(prefix)) && !NOT_ERRORS.includes(name)

interface Preset {
  readonly what: string
  readonly change: (name: RateName, value: number) => number
}

export const PRESETS: Readonly<Record<string, Preset>> = {
  typical: { what: 'the table as it stands', change: (_, value) => value },
  hard: {
    what: 'every error three times as frequent; 20 % of census rows without number',
    change: (name, value) =>
      name === 'census.id.missing' || name === 'census.id.missing.present'
        ? 0.2
        : isError(name)
          ? Math.min(0.9, value * 3)
          : value,
  },
  'no-id': {
    what: '60 % of census rows without number',
    change: (name, value) => (name.startsWith('census.id.missing') ? 0.6 : value),
  },
  minority: {
    what: 'about 60 % of the people have dotted names',
    change: (name, value) => (name === 'world.minority' ? 0.66 : name === 'world.dotted' ? 0.95 : value),
  },
  clean: {
    what: 'nobody errs: events and separations only',
    change: (name, value) =>
      isError(name) || name.startsWith('form.miss') || name === 'deaths.no-certificate' || name === 'police.id.legacy'
        ? 0
        : value,
  },
  rural: {
    what: 'old villages that send people out: more away, few inbound, lunar dates, weak vital records',
    change: (name, value) => {
      switch (name) {
        case 'world.inbound':
          return 0.04
        case 'world.away.household':
          return 0.2
        case 'world.away.adult':
          return 0.55
        case 'world.same-county':
          return 0.25
        case 'world.heaped-birth':
          return 0.1
        case 'police.birth.lunar':
          return 0.03
        case 'census.birth.lunar':
          return 0.08
        case 'deaths.no-certificate':
          return 0.4
        case 'world.home-birth':
          return 0.1
        default:
          return value
      }
    },
  },
}

export const PRESET_NAMES: readonly string[] = Object.keys(PRESETS)
export const RATE_NAMES = Object.keys(RATE_TABLE) as readonly RateName[]

export function isRateName(name: string): name is RateName {
  return Object.hasOwn(RATE_TABLE, name)
}

/** The rates of a preset, with some of them given by the caller. */
export function completeRates(preset: string, changes: Readonly<Record<string, number>> = {}): Rates {
  const chosen = PRESETS[preset]
  if (chosen === undefined) throw new Error(`no preset ${preset}`)
  const rates = Object.fromEntries(RATE_NAMES.map((name) => [name, chosen.change(name, RATE_TABLE[name].value)]))
  return { ...rates, ...changes } as Rates
}
