/**
 * Surnames of more than one character, and surnames that are not read as the character usually is.
 *
 * Data only. Characters are in their standard form; the caller folds first (歐陽 → 欧阳).
 */

export const COMPOUND_SURNAMES: readonly string[] = (
  '欧阳 上官 皇甫 令狐 司徒 诸葛 司马 夏侯 东方 尉迟 公孙 慕容 宇文 长孙 独孤 端木 澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠 ' +
  '仲孙 轩辕 钟离 鲜于 闾丘 亓官 司寇 子车 颛孙 巫马 公西 漆雕 乐正 壤驷 公良 拓跋 夹谷 宰父 谷梁 段干 百里 东郭 南门 ' +
  '呼延 羊舌 微生 梁丘 左丘 东门 西门 南宫 第五 万俟 闻人 赫连 纳兰 完颜 耶律 叶赫 贺兰 屈突 达奚 豆卢 侯莫 陈留 西陵 南郭 北宫 相里 贺若 范姜'
).split(' ')

/** Surname → toneless reading where it differs from the common one. */
export const SURNAME_READINGS: Readonly<Record<string, string>> = {
  曾: 'zeng',
  单: 'shan',
  解: 'xie',
  仇: 'qiu',
  区: 'ou',
  查: 'zha',
  盖: 'ge',
  任: 'ren',
  华: 'hua',
  朴: 'piao',
  乐: 'yue',
  员: 'yun',
  覃: 'qin',
  翟: 'zhai',
  缪: 'miao',
  宓: 'mi',
  冼: 'xian',
  洗: 'xian',
  种: 'chong',
  佴: 'nai',
  祭: 'zhai',
  秘: 'bi',
  重: 'chong',
  藏: 'zang',
  角: 'jue',
  召: 'shao',
  贲: 'ben',
  郇: 'xun',
  繁: 'po',
  黑: 'he',
  折: 'she',
  薄: 'bo',
  卜: 'bu',
  车: 'che',
  晁: 'chao',
  朝: 'chao',
  谌: 'chen',
  褚: 'chu',
  都: 'du',
  费: 'fei',
  甘: 'gan',
  葛: 'ge',
  宫: 'gong',
  冠: 'guan',
  桂: 'gui',
  过: 'guo',
  哈: 'ha',
  郝: 'hao',
  和: 'he',
  纪: 'ji',
  贾: 'jia',
  牟: 'mu',
  那: 'na',
  能: 'nai',
  宁: 'ning',
  倪: 'ni',
  逄: 'pang',
  逢: 'pang',
  曲: 'qu',
  瞿: 'qu',
  冉: 'ran',
  芮: 'rui',
  撒: 'sa',
  沙: 'sha',
  少: 'shao',
  舍: 'she',
  沈: 'shen',
  盛: 'sheng',
  石: 'shi',
  隗: 'kui',
  相: 'xiang',
  冯: 'feng',
  燕: 'yan',
  殷: 'yin',
  应: 'ying',
  尉: 'wei',
  臧: 'zang',
  笮: 'ze',
  占: 'zhan',
  长: 'chang',
  中: 'zhong',
  仲: 'zhong',
  祝: 'zhu',
  尉迟: 'yu chi',
  万俟: 'mo qi',
  单于: 'chan yu',
  长孙: 'zhang sun',
  澹台: 'tan tai',
  令狐: 'ling hu',
  乐正: 'yue zheng',
  皇甫: 'huang fu',
  宰父: 'zai fu',
  亓官: 'qi guan',
}

/**
 * What somebody is called at home, where a surname and a given name should stand: 小妹, 阿强, 三娃子, 娜娜, 慧儿, 狗娃. It tells
 * who is spoken of only to those who know.
 */
export const PET_NAME =
  /^(?:[小阿]\p{Script=Han}|[大二三四五六老幺满细晚][娃妹毛宝丫狗牛虎仔妞囡伢崽哥姐弟](?:子|儿)?|\p{Script=Han}[娃伢崽囡妞](?:子|儿)?|\p{Script=Han}儿|(\p{Script=Han})\1)$/u
/**
 * The same behind a surname: 王二妹, 李幺娃; 张老三, 王大爷, 李奶奶; 杨氏 and 李张氏, as married women stood in lists. Given names of which one
 * character is meant (王小燕, 李大宝) are none.
 */
export const PET_GIVEN_NAME =
  /^(?:[小二三四五六幺满][娃妹毛宝丫狗囡弟]|\p{Script=Han}娃|老[大二三四五六幺]|[大二三四五六老幺][嫂婶伯叔爷奶婆娘爹妈哥姐]|([奶婆爷爹嫂])\1|\p{Script=Han}?氏)$/u
/** Every pet name holds one of these, or twice the same character. */
export const PET_NAME_SIGNS = '小阿大二三四五六老幺满细晚娃伢崽囡妞氏儿'

/** Behind a surname: 王某, 欧阳某某. No name, but whose it is not is said. */
export const UNNAMED_GIVEN = /^(?:某某?|某人)$/u

/** Given parts that stand where a child has no name yet, or that say nothing. */
export const PLACEHOLDER_NAME =
  /^(?:.?(?:未取名|未起名|未命名|未定名|待取名|待起名|待命名|暂未取名|尚未取名|暂无名|无名|没有名字|没取名|没名字|无姓名|未上名)字?|无名氏|未取|未起|未定|未报|待取|待起|没取|没起|未取姓名|未上户口?|未登记|未填写?|未提供|拒绝提供|拒绝|拒答|拒报|未知|不详|不明|不清|无|暂无|待查|待定|佚名|匿名|空|空户|无人|测试|新生儿|婴儿|男婴|女婴|男孩|女孩|小孩|孩子|宝宝|毛毛|某|某某|某某某|姓名|(?:.{1,4}?)(?:某某?|某人|宝宝|毛毛|毛头|毛毛头|毛娃|婴儿|男婴|女婴|新生儿|之?(?:长|次|大|二|三|小)?[子女]?之(?:长|次|大|二|三|小|幼)?(?:子|女|婴|男|儿|孩|双)[甲乙丙大小]?|之(?:夫|妻|父|母|祖父|祖母|岳父|岳母|丈夫|妻子|配偶|爱人|父亲|母亲))|[-—/\\.·]+|N\/?A|NULL|NONE|NAN|BABY|TEST|#(?:NA|REF!|VALUE!|NAME�|DIV0!|NULL!|NUM!))$/u
