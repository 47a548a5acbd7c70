/**
 * Given names by sex and cohort, out of more than 1,500 characters.
 *
 * Each cohort has leading characters in order of use, whole names that were in fashion, and a share
 * of one-character names; behind them a long tail of ordinary and of rare characters, some of them
 * beyond the Basic Multilingual Plane, because that is where registers break.
 */
import { type Random, WeightedTable } from '../random.ts'

interface Cohort {
  readonly bornFrom: number
  readonly single: number
  readonly first: string
  readonly second: string
  readonly whole: string
}

const MALE: readonly Cohort[] = [
  {
    bornFrom: 1900,
    single: 0.08,
    first: '国建文明德志世永玉正光长金天大学少华成福春学仁清宗克兴绍树守万家立传荣俊子安庆广景维远朝登开云新海振维思',
    second: '华明国文军平荣成林生才德清云富贵福祥山海东全友发春元良忠义民江安兴礼高光和堂顺财喜银根仁章田科松河龙',
    whole: '建国 建华 国华 志明 德明 明华 文华 永福 玉林 金生 春生 长生 光明 正华 德华 国清 福生 天福',
  },
  {
    bornFrom: 1965,
    single: 0.2,
    first: '建志国文小永晓海明俊少春光立德新红成学卫东云正家宏庆世振伟玉金天长加剑克中荣泽兴向华大启',
    second: '军华平明勇伟强斌林东波辉峰国生刚涛兵成红春杰文龙江海良清民忠云荣山祥全安松新飞武才福贵根友',
    whole: '建军 志强 建平 国强 志勇 永红 卫东 建华 晓东 海军 小平 志刚 文军 小军 建明 红军',
  },
  {
    bornFrom: 1985,
    single: 0.28,
    first: '志文俊小晓建海明家国永天伟立云凯宇浩嘉子鹏少世东龙金泽成思振博正春一新飞建冬雪宏剑',
    second: '强伟杰涛鹏龙飞峰辉超勇军明磊波林斌华东洋宇平刚浩亮文凯帆博阳成松海旭毅坤鑫良祥恒建',
    whole: '志强 俊杰 志伟 文杰 海涛 志鹏 小龙 晓东 文龙 建波 俊峰 志豪',
  },
  {
    bornFrom: 2000,
    single: 0.16,
    first: '子浩宇俊梓天嘉一文泽明博思家志佳雨晨睿铭皓瑞鑫景奕宏世昊承逸锦沐梦书君柏靖墨启亦云辰',
    second: '轩涵豪杰宇阳宸浩然泽博鑫辰睿翔航恒霖熙瑞诚远洋凡宁昊希哲皓煜言林文铭毅琪晨烨晟澄景朗霆屹桐',
    whole: '子轩 浩然 宇轩 梓豪 俊熙 子涵 浩宇 一鸣 博文 宇航 子豪 梓轩 家豪 奕辰 沐宸 浩轩 皓轩 铭泽',
  },
]

const FEMALE: readonly Cohort[] = [
  {
    bornFrom: 1900,
    single: 0.06,
    first: '秀玉桂淑兰春凤素金翠玲美月珍菊明香文正国惠清素开永先天学光德银冬仕友会素碧云雪菊莲',
    second: '英兰珍芳华芝莲玉香琼清秀云碧芬花凤贞容琴菊群珠连蓉娥仙会容先明枝翠梅如素凡贤环银德',
    whole: '秀英 桂英 秀兰 玉兰 桂兰 秀珍 玉珍 玉英 素珍 凤英 桂芳 秀芳 玉华 素华 春兰 淑珍 淑华 素芳 玉芳 翠兰',
  },
  {
    bornFrom: 1965,
    single: 0.16,
    first: '小晓丽春秀玉红海文建雪美艳桂淑燕翠金明素月冬志云爱琼凤国兰清永惠佳彩菊群碧',
    second: '芳英丽红霞梅琼敏华燕萍玲艳娟霞蓉兰群莉琴平香容珍云辉凤芬春玉君静清秀翠莲连明珠凡菊花',
    whole: '小红 丽华 晓燕 春梅 小琼 秀英 红梅 丽娟 小燕 海燕 雪梅 春燕 晓红 小芳 丽萍 小英 淑芬 小兰',
  },
  {
    bornFrom: 1985,
    single: 0.3,
    first: '小晓雪丽婷春海佳文红玉美艳思梦燕秋倩嘉冬雨静欣莉云诗慧秀琳雅金月彩宇',
    second: '婷丽娟敏静艳玲燕芳梅霞娜莉红萍琴蓉英兰雪慧洁琳倩莹瑶丹平君娇欣玉蕾颖琪菲怡佳林文媛香',
    whole: '小燕 丽娟 婷婷 晓燕 雪梅 丽娜 春梅 海燕 小芳 丹丹 雪莲 秋菊 佳佳 晓玲 倩倩 小琴 娜娜',
  },
  {
    bornFrom: 2000,
    single: 0.12,
    first: '欣子雨梓思佳语诗梦涵雅嘉可心若依怡一紫艺雪静婉馨晨瑾芷沐锦书悦文钰昕晓奕曼星羽熙安念初',
    second: '涵怡萱彤瑶琪婷妍雨欣悦轩熙彤萌菲洁睿语雯琳诺馨蕾瑶颖桐然茹溪颜晨玥宁昕妮嘉珊钰芮诗柔冉伊希言',
    whole: '欣怡 子涵 梓涵 雨涵 诗涵 佳怡 欣妍 梓萱 一诺 雨桐 紫涵 语桐 思涵 可馨 梦瑶 雨欣 诗琪 心怡 佳琪 若汐',
  },
]

/** Ordinary characters that any cohort may use now and then. */
const TAIL =
  '安邦宝保北本必彪宾冰炳伯伯昌畅朝潮辰称诚丞程驰崇川传创春纯慈聪从翠达丹旦道得登迪典鼎定栋笃端敦朵恩尔二发法帆凡繁方芳非斐芬奋丰枫逢凤佛孚福甫辅富干刚钢高戈格根耕弓功恭巩贡固关观冠贯光广贵桂国果海含汉翰航豪好昊贺赫鹤恒衡弘红宏洪鸿厚虎护花怀欢环焕辉徽会惠慧火基吉极集计纪济继佳家嘉甲坚剑建健江将奖娇皎杰洁捷介今金津锦进晋京经晶精景敬靖静境久居菊举巨娟卷军君均俊峻骏开凯康可克宽奎坤昆阔来兰岚朗浪乐雷磊蕾礼里理力历立丽利莉连莲廉良亮辽列烈林临琳霖灵玲凌陵龄令刘流柳龙隆楼鲁路露律略伦罗洛满曼茂梅美萌蒙孟梦米密勉苗妙民敏名明铭谟默牧穆乃男南楠能霓年念宁凝诺欧沛佩朋鹏品平萍坡璞朴普齐祺奇琦棋旗启起千谦乾倩强巧勤琴青清情晴庆琼秋球曲全泉群然仁忍任日荣融柔如儒茹汝锐瑞润若赛三森沙杉山珊善尚韶少绍社申深神升生声胜圣盛师诗石实时识士世仕式守寿书淑舒曙述树帅双水顺朔思斯四松颂素岁孙台泰坦堂涛韬陶特腾天田铁廷庭通同桐彤童统图团万旺望威巍为唯维伟玮卫未蔚温文闻雯稳无武务西希昔熙习喜霞夏仙先贤娴显宪香湘祥翔想向象萧晓孝笑效协欣心新信星兴行幸雄秀旭序绪轩宣萱学雪勋寻训雅亚严言延岩研彦艳雁焰燕央扬阳洋仰尧遥瑶耀叶业一伊依仪怡宜义艺忆易益逸意毅音殷银引印应英迎盈影映永泳咏勇用优由友有于余鱼瑜羽宇雨语玉育郁煜裕豫元园圆远愿月悦越云芸允运韵载再在泽增展占战章长昭照哲真珍振镇震征正政之芝知直植志治致智中忠钟仲众洲珠竹主柱祝铸壮卓子梓紫自宗总祖尊左佐作' +
  '蓓碧璧弼斌滨灿璨超琛晨忱澄蝉婵娥菲霏芙馥冈歌葛谷瀚杭皓荷蘅泓鸣桦桓晖卉婕瑾菁璟娟珏钧凯恺侃珂铿魁岚澜黎丽俪苓菱泠珑璐鹭珞茉陌沐娜妮霓暖攀培沛芃屏颀绮蔷沁卿蓉溶嵘睿莎尚慎晟硕姝溯棠恬婷汀挺婉菀微薇苇玟汶熹曦侠岘想翊漪颐懿茵荫吟莹颖瑛膺甬渔妤钰渊媛苑岳赟允蕴钊臻桢祯铮政芷志芮紫'

/** Seldom chosen, but chosen. */
const FAR_TAIL =
  '毕播步材沧策察倡彻澈澄池炽充绸畴础储楚触窗垂词赐崔存达待淡导蹈稻灯底地帝迭蝶碟顶鼎董都斗渡渤杜段堆墩多娥儿耳贰泛范菲肥沸分氛粉封锋缝敷伏扶服抚府赋副复傅伽改概赣纲港皋搞歌阁格葛耿公宫拱构古谷鼓冠管馆灌归轨珪贵郭帼果过涵寒罕汗憨夯昊皓河荷核亨轰哄侯候湖琥户沪画话槐焕唤涣皇黄凰煌绘荟魂混活获霍击积姬基稷季迹既寄绩冀葭价驾架间兼见剑涧践江疆匠娇骄教阶节杰结解界借津紧尽近劲京泾经菁惊井警竞炯鹃决爵均钧峻楷刊科珂壳恳空孔口苦库快款况昆拉莱蓝览揽榄郎廊老勒垒类冷黎鲤历厉励莉笠粒连廉练梁粮亮谅了料列邻淋凛苓铃零领令留六咙咏陇笼垄芦炉卢庐陆录旅绿峦卵轮论洛麻马麦迈蔓漫芒盟弥密绵妙闽闵鸣茗模末默墨慕暮拿纳奈萍囡妮鸟念娘凝牛纽农浓弄诺派潘盼泮畔庞袍培佩蓬澎丕霹批琵偏翩频聘坪屏婆铺蒲谱浦凄栖戚漆琪起气契器恰铅前潜黔枪墙桥樵瞧切亲芹秦青轻请穷丘区曲渠屈权劝鹊裙冉壤让绕热刃韧仍蓉容溶榕肉儒阮芮若飒塞桑色森砂厦汕擅商赏上舍社设慎笙省尸施湿十石时食史使始是室释收受寿叔枢殊熟暑署蜀曙束竖恕爽税说私司丝嗣送颂苏肃粟溯酸算遂穗隼索锁塔台泰谈潭檀唐堂棠塘涛桃讨滕提题体添甜条帖听亭挺通铜统头透图涂土推托拓湾完宛晚碗汪网往忘危微韦围为苇委慰魏汶翁沃握乌吴吾梧舞务物悟夕析息惜锡溪席袭洗系细峡霞先鲜贤衔线宪相香乡详享响项逍霄晓校歇协斜谐写谢辛欣馨兴星形醒性姓休修须需徐许叙宣玄选靴学血寻询迅雅崖'

/** Characters that clerks cannot type or fonts lack: the tail of the tail. */
const RARE =
  '玎玑玮玢玥珏珉珈珥珙珩珧琊珲琏琪琥琨琰琮琬琚瑗瑭璜璎璀璁璇璋璩瓒珺玚璟琯瓃瑨琎珖琇瑄祎祐祚祜祺禧禛祾昕昱昶晁晗晞晔晟晖暄暐暾旻昉旸晫杲枞柘柽桁栩桢梵棣棹楹榕榛槿樨橦檀沅沚沣泓洵洺浔浛涓浠淇淅淙湄湜溱滢漪潇潆濂濯瀛炘炜炅烜烨煊煜熠燊燚焜煦熙钊钏钰铄铎铠铧铨铮锴锟锵镕镠鋆鑫璺嫣妍妤姝姣娉娴婧婳媛嫄嬿婕芃芊芙芮苒苡茗荃荻莞莘菡萁葳蓁蓓蕙蕤薏藜蘅岑岐峣崟嵇嵩嶙巍彧彬彰翀翊翎翙翥翯骁骅骐骞骥骢骧麒麟鹄鹏鸾鸢隽雱霁霈霖霏靓靖韫韬颀颢颙飏馥骦龢龑喆仝佶侑俣偲僖儇劼勍勖匡卓厶吉哿喬嘏囡圳圻垚垲堃堉塬墨奡奭嫚宓宬寯屾岿岽峂峤崀崧帏帙庥廑弋弢彣忻恂恺悌愔愷慜戬扬抒挚揆攸斅斓斡旎昀昇昴晅晙暻曈朓朦杭栎桉桷椿楒榘槊樾橪欤歆毓汭沄沆泃泖洙洮浡浥涘淏淦淼渼湉湲溁滉滟潞澍澧濛灏灥炆炫炯烺焓煐煓燏爔犇猷玠瑢瓛甯畯畲疃皛皞眞睟睿矞砚砺碲磬祁秾穆竑竣竦笏笙筠筱箬篪綦縯缜缨羿翚耘聿胤舸艺芾茀荇莜莙菂菀菥葶蒗蒨蔚蕴藁虓蛟蜓衎衍袆裎裳觐訚詠詹誉谟谞豫贇赟跞轩轫辂迤迦适逵遒遥邈郢鄞酩醴釉釜钇钧钲铖铱锜锬锳镐镛闫闳阆陬隗雩雯霭靛鞅頔顼顗颐飖飒骉骎骠魁鲲鳐鹂鹇黉黛鼐龚龢𬭎𫖮𬸪𫍯𬱟𬍛𫟹𬘡𬀪𬭚𫘧𬬻𫓧𬎆𬱖𬊤𪩘𬙂𬭸𫖯'

interface Drawer {
  readonly bornFrom: number
  readonly single: number
  readonly first: WeightedTable<string>
  readonly second: WeightedTable<string>
  readonly whole: WeightedTable<string>
}

const WHOLE_SHARE = 0.14
const TAIL_SHARE = 0.17
const FAR_TAIL_SHARE = 0.12
const tail = [...new Set(TAIL)]
const farTail = [...new Set(FAR_TAIL)]
const rare = [...new Set(RARE)]

function falling(items: readonly string[]): WeightedTable<string> {
  return new WeightedTable(
    items,
    items.map((_, i) => 1 / (i + 9)),
  )
}

function prepare(cohorts: readonly Cohort[]): Drawer[] {
  return cohorts.map((cohort) => ({
    bornFrom: cohort.bornFrom,
    single: cohort.single,
    first: falling([...new Set(cohort.first)]),
    second: falling([...new Set(cohort.second)]),
    whole: falling(cohort.whole.split(' ')),
  }))
}

const drawers: Readonly<Record<1 | 2, readonly Drawer[]>> = { 1: prepare(MALE), 2: prepare(FEMALE) }

/** Every character a given name may hold. */
export const GIVEN_CHARACTERS: readonly string[] = [
  ...new Set([...MALE, ...FEMALE].flatMap((cohort) => [...cohort.first, ...cohort.second]).concat(tail, farTail, rare)),
]
export const RARE_CHARACTERS: ReadonlySet<string> = new Set(rare)

function drawCharacter(random: Random, table: WeightedTable<string>, rareShare: number): string {
  if (random.chance(rareShare)) return random.pick(rare)
  if (!random.chance(TAIL_SHARE)) return table.draw(random)
  return random.pick(random.chance(FAR_TAIL_SHARE) ? farTail : tail)
}

/** A given name of a person of that sex born in that year. */
export function drawGivenName(random: Random, sex: 1 | 2, year: number, rareShare: number): string {
  const table = drawers[sex]
  let i = table.length - 1
  while (i > 0 && (table[i] as Drawer).bornFrom > year) i--
  // Parents are ahead of or behind their time: one in six takes a neighbouring cohort's fashion.
  if (random.chance(0.16)) i = Math.min(table.length - 1, Math.max(0, i + (random.chance(0.5) ? 1 : -1)))
  const drawer = table[i] as Drawer
  if (random.chance(WHOLE_SHARE)) return drawer.whole.draw(random)
  if (random.chance(drawer.single)) return drawCharacter(random, drawer.second, rareShare)
  return drawCharacter(random, drawer.first, rareShare) + drawCharacter(random, drawer.second, rareShare)
}
