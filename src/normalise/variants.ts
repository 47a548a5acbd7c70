/**
 * Variant forms that the traditional–simplified tables leave alone, and respelling classes of transliterated names.
 *
 * Data only. The first character of a group stands for all. A group says "may be the same character written
 * otherwise", never "is": the raw value is kept and the agreement is a level below exact.
 */

/** 异体字, second-scheme simplifications still found in registers (闫 肖 付 代 兰), and forms used in names only. */
export const VARIANT_GROUPS: readonly string[] = (
  '国囯圀 卫衞衛 发発 俞兪 哲喆 宁甯寗 同仝 阎闫閆 萧肖 傅付 戴代 蓝兰 于於扵 余馀 钟锺 峰峯 群羣 强強彊 恒恆 启啓啟 略畧 坤堃 岩巖嵒巗 晋晉 ' +
  '华崋 昆崑崐 升昇陞 韵韻 暖煖 秘祕 畅暢 村邨 针鍼 姊姉 乃迺 沾霑 浚濬 晰皙晳 珏玨 琅瑯 璇璿 瑶瑤 梁樑 笋筍 棋碁棊 溪谿 熙熈煕' +
  ' 烟煙菸 焰燄 翱翺 耀燿 艳艷豔 苏甦蘓 荫廕 萱蘐萲 蕊蘂蕋 辉煇 迪廸 采採埰 阔濶 隽雋 青靑 静靜静 颜顔顏 驱敺 鹅鵞鵝 麻蔴 黄黃 龙竜 双雙 仙僊 ' +
  '佑祐 侄姪 俊儁 修脩 准凖準 净凈淨 冰氷 却卻 厦廈 咏詠 唇脣 墙牆 奔犇 妍姸 宝寶寳珤 实寔 寇宼 峨峩 岳嶽 岛嶋 并並併竝 庵菴 ' +
  '彦彥 彩綵 德徳惪 悦悅 慎愼 户戶 挂掛 教敎 叙敍敘 旗旂 映暎 春旾 望朢 杯盃 松枩 柏栢 查査 梅楳槑 楠枏柟 榜牓 法灋 泛汎氾 注註 洁潔絜 ' +
  '浩澔 涌湧 渊淵渕 温溫 潜潛 灵霛 燕鷰 玩翫 珍珎 瑰瓌 疏疎 皋皐臯 秋秌 稚穉 管筦 繁緐 考攷 花蘤 遍徧 鉴鑑鑒 铁鉄鐵 闲閑 雁鴈 雕鵰琱 鲜鱻 ' +
  '亮㒰 丽麗 锐鋭 税稅 说説 清淸 吴呉吳 吕呂 黑黒 步歩 每毎 历暦曆 郎郞 朗朖 尚尙 兑兌 内內 册冊 冒冐 别別 制淛 劳労 勋勲勳 ' +
  '厨廚 参叅參 叁叄 叟叜 哗嘩 器噐 坂阪 垒壘 场塲 堤隄 壮壯壯 够夠 奖奬獎 娴嫻嫺 婵嬋 婿壻 寻尋 尧堯尭 屏屛 峡峽峡 巨鉅 帆颿 年秊 床牀 廉亷 ' +
  '恩㤙 惠恵 憩憇 戚慼 捷㨗 掸撣 斗鬥 最冣 朵朶 杰傑 果菓 柳桺栁 桃 桌槕 棉 棕椶 楼 榆楡 樱桜櫻 橹艣 欢歓歡 气気氣 汉漢 沪滬 泉湶 泽沢澤 洲 ' +
  '淑 渔漁 游遊 湾湾灣 滨濱浜 澄澂 瀛 灯燈 炉爐 热熱 焕煥 猛 猫貓 献献獻 珀 琉瑠 瑞 璃瓈 瓶缾 画畫畵 畴疇 盐塩鹽 真眞 祥 禅禪禅 禄祿 秀 稿稾 穗穂 窗窓牕 竖豎 ' +
  '笔筆 粮糧 糍餈 糕餻 紧緊 累纍 线線綫 绣繡綉 绩績勣 绵緜綿 罗羅 罚罸 翠翆 耻恥 胁脅 脉脈 胜勝 船舩 艇 芦蘆 苹蘋 荆荊 莲 菇 蒂蔕 蒙濛 藤籐 虎乕 ' +
  '蚊蚉 蛇虵 蜂蠭 蜡蠟 蝶蜨 衔銜 袜襪 裙裠 览覧覽 觉覚覺 誉譽誉 豪 赖頼賴 踊踴 踪蹤 跡 迹 迥逈 邻隣鄰 郁鬱 酬酧 针 钩鉤 铲剷 锄鋤 镇鎮鎭 雪 雾 霉黴 ' +
  '韧靭 顿 飓 饱 馆舘館 骄 鬓 魂䰟 鸡鷄雞 麦麥 鼓皷 齐斉齊'
)
  .split(/\s+/)
  .filter((group) => group.length > 1)

/** Uyghur, Kazakh and Tibetan names by sound: spelled by changing rules, so these characters stand for one another. */
export const RESPELLING_GROUPS: readonly string[] =
  '买麦迈 不卜布 若肉热 图吐土 尔儿 艾爱阿 伊依衣 提铁 木穆 古姑 丹单旦 孜兹 江姜 玛马 拉啦 米密 合哈 都杜 甫普 尼妮 娜纳 曼满 沙莎 西希 力里 赛塞 帕怕 那纳 次才 扎札 央样 洛罗 加佳 杰吉 姆'.split(
    ' ',
  )

/** Undotted names that begin so are transliterations even when short. Written in respelled form. */
export const RESPELLED_STARTS: readonly string[] =
  '买买 买木 买合 艾不 艾合 艾里 艾尼 艾力 艾山 艾孜 艾米 艾克 不外 若孜 若先 图尔 图拉 伊明 伊布 伊不 伊斯 伊力 伊马 古丽 古扎 帕提 帕尔 帕它 热合 热西 热依 若合 若西 若伊 沙吉 沙依 玉素 玉山 努尔 吾斯 吾买 吾甫 库尔 库热 阿依 莫明 木合 木沙 木拉 哈力 合力 丹增 丹真 次仁 扎西 卓玛 洛桑 央金 格桑 旺堆 米玛 巴桑 边巴 白玛 德吉 索朗 普布 尼玛 多吉 才仁 才让 仁青 平措 拉姆'.split(
    ' ',
  )
