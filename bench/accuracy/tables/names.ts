/**
 * Word lists of the second family of made-up tables: everyday Western names with their usual short forms, places, trades.
 * In: nothing. Out: lists, the commonest first. Surnames beyond the list are compounds of the usual kind (Ash-ton).
 * General knowledge only; no list of real persons stands behind them.
 */
const words = (text: string): readonly string[] => text.trim().split(/\s+/)

export const MEN = words(`john william james george charles thomas henry robert joseph edward david michael daniel
  richard andrew peter samuel walter arthur frederick francis alfred albert christopher matthew joshua benjamin hugh
  alexander patrick anthony stephen mark paul simon philip ernest harold edwin herbert lewis nathan jack luke ryan
  lachlan nicholas jacob ethan liam adam dylan oliver max tyler jordan aidan isaac connor kyle zachary cooper blake
  harrison jake sebastian dominic julian marcus hamish angus duncan malcolm kenneth ronald donald leonard stanley
  reginald percy cecil rupert ralph roger roland rowland silas solomon sidney theodore timothy tobias victor vincent
  wilfred abraham adrian alan ambrose archibald augustus barnaby basil bernard bertram clement clive cornelius cuthbert
  cyril denis douglas dudley edgar edmund elijah erasmus eric eugene evan felix fergus gabriel gavin geoffrey gerald
  gilbert giles godfrey gordon graham gregory guy horace hubert humphrey ian ignatius ivan jasper jeremy jerome jonathan
  keith laurence leopold lionel louis magnus martin maurice miles montague mortimer neil nigel noel norman oscar oswald
  owen raymond rex roderick rodney rufus russell seth spencer stuart terence trevor tristan valentine vernon wallace`)
export const WOMEN = words(`mary elizabeth sarah emily anne jane margaret catherine emma alice charlotte jessica georgia
  hannah sophie chloe isabella olivia lily grace ella amy lucy helen florence edith ethel dorothy eleanor ellen harriet
  martha louisa frances caroline rebecca rachel samantha nicole lauren caitlin alyssa brooke holly madison mia imogen
  kate claire julia laura victoria susan susannah ruth agnes ada amelia annabel audrey barbara beatrice bridget cecilia
  clara constance daisy deborah diana eliza esther eva evelyn fanny gertrude gwendolen heather henrietta hilda ida irene
  isabel ivy jean jemima joan josephine judith katherine kathleen letitia lilian lydia mabel marian marjorie matilda maud
  mildred millicent minnie miriam muriel nancy nora olive patricia penelope philippa phoebe priscilla rosalind rose
  sabrina sheila sybil sylvia teresa theodora ursula vera violet virginia winifred zoe abigail alexandra bianca taylah
  jasmine kiara lara mikayla paige teagan tahlia skye summer sienna ruby phoenix natasha monique mackenzie lucinda`)
/** Groups of names that stand for each other. */
export const SHORT_FORMS: readonly (readonly string[])[] =
  `william bill will billy|robert bob rob bobby|richard dick rich
  rick|john jack johnny|james jim jimmy|edward ed ted ned|henry harry hal|charles charlie chuck|thomas tom tommy|michael
  mike mick|elizabeth liz beth betty eliza|margaret maggie peggy meg|catherine kate kitty cathy|mary molly polly|anne
  annie nancy|samuel sam|benjamin ben|joseph joe|daniel dan|alexander alex sandy|frederick fred|francis frank|anthony
  tony|nicholas nick|christopher chris kit|matthew matt|sarah sally sadie|dorothy dot dolly|frances fanny|harriet
  hattie|caroline carrie|rebecca becky|susannah sue susan|theodore theo ted|timothy tim|walter walt wat|lawrence larry|
  philip phil|stephen steve|andrew andy drew|archibald archie|albert bert al|herbert bert|jessica jess|samantha sam|
  abigail abby gail|florence flo flossie|eleanor nell ellie|martha patty|gregory greg|geoffrey jeff|raymond ray|
  ronald ron|kenneth ken|leonard len leo|victoria vicky|patricia pat trish|katherine kate kathy kit`
    .split('|')
    .map((group) => words(group))
export const SURNAMES =
  words(`smith jones williams brown taylor davies wilson evans thomas johnson roberts walker wright
  robinson thompson white hughes edwards green hall wood harris lewis martin jackson clarke clark turner hill scott cooper
  morris ward moore king watson baker harrison morgan patel young allen mitchell james anderson phillips lee bell parker
  davis bennett miller cook shaw cox adams ryan ross campbell stewart reid nguyen kelly murphy murray macdonald mcdonald
  hunter fraser webb palmer chapman gibson gray grey hamilton ellis wallace foster dixon burns kennedy graham sullivan
  fletcher hayes barnes pearson perry russell stevens stephens wells spencer matthews marshall howard henderson grant
  fisher carter butler brooks armstrong barker atkinson bailey ball barrett bates beck berry bishop black bond booth
  bowen bradley brady bray bull burgess burke burton bush byrne caldwell carr carroll chambers chandler christie coleman
  collins connor conway crawford cross cunningham curtis dale daly daniels dawson dean doyle drake duffy duncan dunn
  elliott farrell ferguson field fitzgerald flynn ford forbes fowler fox francis freeman french fuller gallagher gardner
  garner george gilbert glover goddard goodwin gordon gregory griffin griffiths hancock harding hardy hart harvey hawkins
  haynes heath hewitt hicks higgins holland holmes holt hood hooper hope hopkins horton houghton howe howell hudson
  humphries hunt hurst hutchinson ingram jarvis jenkins jennings jordan joyce kay kemp kent kerr kirby kirk knight knowles
  lamb lambert lane law lawrence lawson leach leonard little lloyd long lord lowe lucas lynch lyons mann marsh mason may
  mccarthy mclean mcgrath mills moran morrison morton moss myers nash neumann newman newton nicholls nolan norman norris
  north obrien oconnor oliver osborne owen page parkinson parry payne peacock pearce perkins peters pollard poole pope
  porter potter powell pratt preston price pritchard quinn ramsay randall reed rees reeves reynolds rice richards
  richardson riley rogers rose rowe rowley sanders saunders savage sharp shepherd short simmons simpson sinclair skinner
  slater smart stanley steele stephenson stokes stone storey sutton swan swift sykes tate thorne thornton todd townsend
  tucker tyler underwood vaughan vincent wade walsh walters warner warren waters watkins watts weaver webster welch west
  weston wheeler whitehead whittaker wilkins wilkinson willis winter wise woods woodward wyatt yates blackburn kitson
  bellchambers sheoak campagnolo white browne reade thomson philips cooke fairclough dawe carey clark gunn hebden`)
export const FIRST_HALF_WORDS =
  words(`ash black brad brough burn cal chad clay cliff crom dal den down east eck edge el fair farn
  fen gar gilling glan grim hal hather hazel hep hol horn ink kel kens lang led light lin lock mar mel mid mill nether
  nor oak og pad pem pick prest rad raven red roch rother rush sad sel shel sher shrews stan stock sud sun swin tad thack
  thirl tor trow up ux wad wake wal wan wed wem whit win wood wool yard yel`)
const SECOND_HALVES = words(`bourne bridge brook burgh bury by combe cott croft dale den don field ford gate grave ham
  hart hill hurst land ley low man mere more ness ridge sett shaw side stead stock ston ton well wick wood worth`)
export const COMPOUNDS: readonly string[] = FIRST_HALF_WORDS.flatMap((a, i) =>
  SECOND_HALVES.filter((_, j) => (i * 7 + j * 3) % 3 !== 0).map((b) => a + b),
)
export const TOWNS = words(`london dublin edinburgh liverpool manchester bristol bath glasgow leeds york birmingham
  sheffield plymouth norwich exeter aberdeen dundee perth cork belfast cardiff swansea oxford cambridge durham newcastle
  carlisle lancaster preston bolton derby leicester lincoln nottingham coventry worcester gloucester hereford salisbury
  winchester southampton portsmouth brighton canterbury dover maidstone guildford reading windsor bedford northampton
  peterborough ipswich colchester chelmsford stafford shrewsbury chester warrington halifax bradford huddersfield
  wakefield hull scarborough whitby darlington sunderland berwick stirling inverness kilmarnock paisley greenock limerick
  galway waterford wexford kilkenny sligo armagh`)
export const COUNTIES = words(`middlesex surrey kent sussex hampshire dorset devon cornwall somerset wiltshire berkshire
  essex suffolk norfolk lincolnshire yorkshire lancashire cheshire derbyshire staffordshire warwickshire`)
export const TRADES = words(`politician writer painter cricketer priest lawyer physician scientist actor poet botanist
  engineer composer footballer historian judge merchant photographer explorer architect sculptor journalist novelist
  soldier chemist teacher musician barrister banker geologist mathematician diplomat`)
export const STREETS = words('street road avenue crescent place close court drive lane circuit terrace way parade')
export const SHORT_STREETS: Readonly<Record<string, string>> = {
  street: 'st',
  road: 'rd',
  avenue: 'ave',
  crescent: 'cres',
  place: 'pl',
  close: 'cl',
  court: 'ct',
  drive: 'dr',
  lane: 'ln',
  terrace: 'tce',
  parade: 'pde',
}
