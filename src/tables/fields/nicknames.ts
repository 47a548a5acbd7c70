/**
 * Names that stand for each other: robert, bob, rob. English given names by themselves, and whatever a spec adds.
 *
 * In:  groups of names. Out: whether two values of one dictionary share a group, by their numbers.
 * The English groups are common knowledge, written down here; a name may be in several (alex is alexander or alexandra).
 * What such agreement is worth is learned from the data like that of any other level. Leaves to value-levels.ts and
 * text-levels.ts: everything else two names may have in common.
 */
import type { Dictionary } from './fields.ts'

export type NicknameGroups = readonly (readonly string[])[]

const GROUPS = `abigail abby abbie gail|abraham abe abram|adelaide addie adela|agnes aggie nessie|albert al bert bertie|
alexander alex alec sandy lex sasha xander|alexandra alex alexa sandra sandy sasha lexi|alfred alf alfie fred|alice ally
allie|alison ali ally|allen al|alonzo lon lonnie|amanda mandy|amelia millie amy|anastasia stacy ana|andrea andi|andrew andy drew|
angela angie|ann anne anna annie nan nancy nannie hannah|anthony tony ant|antonio tony|arabella bella|archibald archie|
arnold arnie|arthur art artie|augusta gussie|augustus gus august|barbara barb babs barbie|bartholomew bart bartie|beatrice bea
trixie|belinda linda bell|benjamin ben benny benjy|bernard bernie|bertha bertie|bradley brad|bridget biddy bridie|
calvin cal|cameron cam|carol carrie caroline lynn|caroline carrie carol caro lina|cassandra cass cassie sandra|catherine katherine
kathryn kathleen cathy kathy kate katie kitty kay cate kat kit|cecilia celia cissy|charles charlie charley chuck chas carl|
charlotte lottie lotte charlie|chester chet|christian chris|christina christine chris chrissy tina|christopher chris kit topher|
clarence clar|clifford cliff|clinton clint|constance connie|cornelius con neil|cynthia cindy|daniel dan danny|
danielle dani|david dave davy|deborah debra deb debbie|delia adelia cordelia|dennis den denny|desmond des|dominic dom nick|
donald don donnie|dorothy dot dottie dolly dora|douglas doug|duncan dunc|edgar ed eddie|edith edie|edmund ed eddie ned ted|
edward ed eddie ned ted teddy|edwin ed eddie|eleanor elinor ellie nell nellie nora ellen lenora|elijah eli|elizabeth elisabeth eliza
liz lizzie lisa beth betty betsy bess bessie libby elsie lizbeth lilibet|ellen nell nellie|emily em emmie milly|emma em emmie|
ernest ernie|esther hester essie|eugene gene|evelyn eve evie|ezekiel zeke|ferdinand ferdie|florence flo flossie florrie|
frances fran fanny frankie francie|francis frank frankie fran|franklin frank|frederick fredrick fred freddie freddy|
gabriel gabe|gabrielle gabby|genevieve jenny gen|geoffrey jeffrey geoff jeff|george georgie geordie|georgina georgie gina|
gerald gerry jerry|gerard gerry|gertrude gertie trudy|gilbert gil bert|gordon gordie|grace gracie|gregory greg gregg|gwendoline
gwen|hannah nan|harold hal harry|harriet hattie hatty harry|helen nell nellie lena|henrietta hettie etta hetty|henry harry hal hank|
herbert herb bert herbie|hezekiah hez|hilary hil|howard howie|hubert hugh bert|hugh hughie|humphrey numps|ignatius iggy|irene renie|
isaac ike zac|isabel isabella isabelle bella belle izzy tibby|jacob jake|jacqueline jackie jacqui|james jim jimmy jamie jem|
janet jan jessie netta|jane janie jenny jean|jasper jas|jean jeannie|jeremiah jerry jem|jeremy jerry jem|jennifer jen jenny|
jerome jerry|jessica jess jessie|joan joanie|joanna joanne jo|john jack johnny jon jock|jonathan jon john jonny nathan|joseph joe joey jos|
josephine jo josie|joshua josh|judith judy jude|julia julie|julian jules|katherine kate kathy|kenneth ken kenny|kimberly kim|
laura laurie lolly|lawrence laurence larry laurie lorrie|leonard len lenny leo|leopold leo|leroy roy|leslie les|letitia lettie|
lewis louis lew lou louie|lillian lilian lily lil|lincoln link|lionel leo|louisa louise lou lulu|lucas luke|lucinda lucy cindy|
lucy lu lucille|lydia liddy|mabel mab may|madeline maddy|malcolm mal|marcus mark marc|margaret maggie meg peg peggy madge marge
margie daisy greta rita margery marjorie mags|marguerite daisy rita|maria mary|marilyn mary|marion marian|martha mattie patty patsy|
martin marty|mary molly polly mamie may minnie marie maria moll|matilda mattie tilly maud|matthew matt mat|maurice morris maury|
maximilian max|melanie mel|melissa lissa mel missy|mervyn merv|michael mike mick mickey mikey micky|michelle shelly|mildred millie milly|
millicent millie|minerva minnie|miriam mimi|mitchell mitch|montague monty|moses mose|nancy nan|natalie nat|nathan nat nate|
nathaniel nat nate nathan|nicholas nick nicky nicholai|nicole nicky nikki|norman norm|oliver ollie olly nol|oscar ozzie|oswald oz ozzie|
pamela pam|patricia pat patty tricia trish patsy|patrick pat paddy|penelope penny|percival percy|peter pete|philip phillip phil pip|
phyllis phyl|priscilla cilla prissy|prudence prue|rachel ray|ralph rafe|randolph randy|raymond ray|rebecca becky becca|
reginald reg reggie rex|reuben rube|richard dick rick ricky rich richie dickie|robert bob bobby rob robbie bert robin|roberta bobbie
robbie|roderick rod roddy|rodney rod|roger rodge hodge|roland rowland rollo rolly|ronald ron ronnie|rosemary rose rosie|rosalind rose
ros|rose rosie rosa|rudolph rudy|rufus rufe|rupert bert|russell russ|ruth ruthie|samantha sam sammy|samson sam|samuel sam sammy|sarah sara
sally sadie|sebastian seb bastian|sidney sid syd|silvester sylvester vester|simon si|solomon sol|sophia sophie sophy|stanley stan|
stephanie steph|stephen steven steve stevie|stuart stu|susan susanna susannah suzanne sue susie suzy sukey|sylvia sylvie|
tabitha tabby|terence terrence terry|theodore theo ted teddy|theodora dora theo|theresa teresa terry tess tessie tracy|thomas tom tommy thos|timothy
tim timmy|tobias toby|valerie val|vera vee|vernon vern|veronica ronnie vera|victor vic|victoria vicky vickie tori|vincent vin vince
vinny|viola vi|violet vi|virginia ginny ginger|wallace wally|walter walt wally wat|wilfred wilf fred|wilhelmina mina minnie
willie|william will bill billy willie willy liam wm|winifred win winnie freda|winston win|woodrow woody|zachary zach zack|zachariah zach zack`

/** English given names and their everyday short forms. */
export const ENGLISH_NICKNAMES: NicknameGroups = GROUPS.replace(/\n/g, ' ')
  .split('|')
  .map((group) => group.trim().split(' '))

/** What stands for nothing; every lookup finds nothing. */
const NONE: readonly number[] = []

export class Nicknames {
  private readonly groupsOf: readonly (readonly number[])[]
  /** 1 where a value is of a group: most are of none, and of most pairs this is all that is asked. */
  private readonly isOfAny: Uint8Array

  /** @param dictionary folded values, or the words of such */
  constructor(dictionary: Dictionary, table: NicknameGroups) {
    const groups = new Map<string, number[]>()
    table.forEach((group, i) => {
      for (const word of group) {
        const key = word.trim().toLowerCase()
        const known = groups.get(key)
        if (known === undefined) groups.set(key, [i])
        else known.push(i)
      }
    })
    this.groupsOf = dictionary.map((value) => groups.get(value) ?? NONE)
    this.isOfAny = Uint8Array.from(this.groupsOf, ({ length }) => (length > 0 ? 1 : 0))
  }

  areSame(u: number, v: number): boolean {
    if ((this.isOfAny[u] & this.isOfAny[v]) === 0) return false
    const right = this.groupsOf[v]
    for (const group of this.groupsOf[u]) if (right.includes(group)) return true
    return false
  }
}
