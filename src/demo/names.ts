import { pinyin } from 'pinyin-pro';
import type { Chance } from './chance';

const surnames = Array.from(
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊',
);
// Words of nature and study, put together so that they are nobody's known name.
const firsts = Array.from('砚亦若青望禾棠竹溪汀岸疏桐杉柏榆梧蔚晴霁霖澍澄漪湛沅泊屿');
const seconds = Array.from('宁舟川澜序言初然远行安简予禾黎苒蓁荣实丰畴野原岩岭屏源渡帆泉声韵章函稷秋穗');

/** Surname and two-character given name, never one that `taken` holds; adds it there. */
export function newName(chance: Chance, taken: Set<string>): string {
  for (;;) {
    const first = chance.pick(firsts);
    const second = chance.pick(seconds);
    const name = chance.pick(surnames) + first + second;
    if (first === second || taken.has(name)) continue;
    taken.add(name);
    return name;
  }
}

/** A WeCom user id like 'zhoulan'; a second person of the same sound becomes 'zhoulan2'. */
export function newUserId(name: string, taken: Set<string>): string {
  const sound = pinyin(name, { toneType: 'none', surname: 'head', type: 'array' }).join('').replaceAll('ü', 'v');
  for (let number = 1; ; number += 1) {
    const userId = number === 1 ? sound : `${sound}${number}`;
    if (taken.has(userId)) continue;
    taken.add(userId);
    return userId;
  }
}
