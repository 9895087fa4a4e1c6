import { type Document, hitsOf, type Section } from './document';

const blanksIn =
  /_{2,}|[×]{2,}|(?<![A-Za-z])[xX]{1,4}(?:村|社区|小区|人|月|日|街道|公司|委员)|某某(?:社区|村|人|委员|公司|小区)|某月某日|某社区|某小区|某村(?!民)|[〇○□]{2,}|\.{4,}人|\( *\)|\[ *\]|【 *】|<[^>]{1,10}>|…{1,}(?:社区|人)|(?<![*\d零〇一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖])\*{2,}|[([{<【](?:请?填写?|输入|请输入)?(?:方式|时间|日期|地点|人数|内容|对象|单位|事由|主题)[)\]}>】](?=[\s+、,;/]*(?:[([{<【]|$))/;
const emptySlot = /(?:方式|时间|日期|地点|人数|内容|对象)[:]?(?=[\s+、,/+\n]|$)/g;

/** A form to be filled in, not a contact: blanks, or the names of the fields in place of their values. */
export function isTemplate(document: Document, section: Section): boolean {
  const body = document.text.slice(section.start, section.end);
  if (blanksIn.test(body)) return true;
  const named = body.match(emptySlot)?.length ?? 0;
  if (
    named >= 2 ||
    (body.includes('/') && /\S.*\/ ?(?:记录|补录|报名)/.test(body)) ||
    /^[\s,]*(?:例如|比如|示例|样例|举例|举个例子|参考)(?:[:,"]|说?[^,。]{0,2}")/.test(body)
  )
    return true;
  return (
    document.lexicon.sampleWord.test(body) &&
    /\/ ?[\u4e00-\u9fffa-z]|记录|填|发/.test(body) &&
    !/格式(?:不|错|化)|(?:格式|怎么).{0,6}(?:什么|啥|怎么|[发写填])/.test(body)
  );
}

/** News, notices and reports of others passed on. */
export function isForwarded(document: Document, section: Section): boolean {
  const body = document.text.slice(section.start, section.end);
  if (/是?我(?:也|们)?(?:去|参加|组织|办|做)的?[^。]{0,12}记/.test(body)) return false;
  const words = document.lexicon.vocabulary.cues.forwarded;
  return (
    /^[\s【[(《]*(?:转发|转[】\]):]|新华社|转自|人民日报|央视|本报讯|来源|【转)/.test(body) ||
    /(?:新华社|本报|人民网|央视|日报|客户端).{0,12}(?:电|讯|消息|报道)|据.{0,12}(?:报道|消息)|https?:\/\//.test(body) ||
    (/^[【[](?!(?:方式|时间|日期|地点|单位|人数|内容|对象|主题)[】\]])/.test(body) && words.some((word) => body.includes(word)))
  );
}

/** Where it is said that going there is still to come (打算去, 我想国庆去看望), or -1. */
export function planAt(document: Document, section: Section): number {
  const word = hitsOf(document, 'plan', section)[0];
  if (word) return word.start;
  const meant = document.text.slice(section.start, section.end).search(document.lexicon.acts.meant_to);
  return meant < 0 ? -1 : section.start + meant;
}

/** Going there is still to come. */
export const isPlan = (document: Document, section: Section): boolean => planAt(document, section) >= 0;

/** What somebody is said to have done, or what is not to be kept. */
export const isNotToKeep = (body: string): boolean =>
  !/[,。](?:[A-Z]\d+)?我[^,。]{0,4}(?:去|来|报|参加)/.test(body) &&
  /^[\s,]*(?:听说|据说|听[\u4e00-\u9fff]{1,4}说|(?:新闻|报纸|电视|报道|朋友圈|公众号|网上|通报|简报|群里)(?:里|上|中)?[^,。]{0,6}(?:说|讲|称|写|登|报道|看到)|(?:我)?(?:看|听|刷)(?:到|见)(?:说|了|新闻|通知|[\u4e00-\u9fff]{2,4}委员))|^[\s,]*(?:先)?(?:别|不用|不要|不必)记|^[\s,]*"[^"]{2,80}"[\s,]*(?:这|那|是谁|什么|啥|谁|怎么|对)|发错(?:群|人|地方)/.test(
    body,
  ) &&
  !/^(?:请|麻烦)?(?:上|刚|才|那|这|前面|最后)[^。]*(?:[撤删]|作废|不算|不要|取消)/.test(body);

const courtesy =
  /^(?:收到|好的?|ok|OK|谢谢|感谢|多谢|谢了|辛苦|明白|了解|知道了|嗯+|哈+|赞|棒|厉害|你好|您好|大家好|早上?好|上午好|下午好|晚上好|早|在吗|不错|可以|行|没事|没问题|不客气|再见|晚安|加油|真好用|好用|点赞)/;

export const isChatter = (body: string): boolean => courtesy.test(body.trim());
