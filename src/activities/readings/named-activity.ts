import { type Asked, idOf, keywordOf } from '../../reader/asked';
import { spotsIn } from '../../reader/where';

const activityWord =
  /活动|会$|会议|班$|课$|营$|赛$|讲堂|论坛|沙龙|座谈|调研|视察|义诊|培训|走访|慰问|采风|参观|考察|协商|讲座|宣讲|联谊|学习|研讨|义演|捐赠|捐书|植树|监督|接待|读书|关爱|送[\u4e00-\u9fff]|日$|行$|展$|体检|健步|运动|进(?:校园|社区|企业|乡村|机关|村|万家|基层|军营)|科普|讲解|研学|夜校|茶话|恳谈|音乐|书画/;

/** The activity by its id, else by the words that name it; null if nothing does. */
export function activityOf(asked: Asked): string | null {
  // With its command any letter names an activity.
  const id = idOf(asked, asked.command === '' ? 'ABD-LN-QS-Z' : 'A-Z', true);
  if (id) return id;
  const bare = bareNumber.exec(asked.body)?.[1];
  if (bare !== undefined && (steps.test(asked.command) || (!asked.commanded && steps.test(asked.body)))) return `A${bare}`;
  const title = /[《"]([^》"]{2,30})[》"]/.exec(asked.body)?.[1];
  if (title) return title;
  return keywordOf(asked, activityWord) ?? quotedActivity(asked) ?? activityAt(asked) ?? sectorActivity(asked);
}

/** /报名 23, 请假 23: a number that counts nothing and is no day. */
const bareNumber = /^ *(?:(?:报名|请假|取消报名|退报名?) ?)?(\d{2,4})(?=$|[ ,。!])/;
const steps = /^ *(?:活动$|huodong$)|^ *(?:我要|活动)?(?:报名|请假|取消报名|退报|参加|不参加|baoming|bm|qingjia)/;

/** 养老院那个活动: called by where it is. */
const activityAt = ({ document, section }: Asked): string | null =>
  spotsIn(document, section).find(({ end }) => /^的?[那这]?[个场次]?的?(?:活动|那[个场次])/.test(document.text.slice(end, end + 6)))
    ?.name ?? null;

/** 界别活动 is a name where nothing better is said. */
const sectorActivity = (asked: Asked): string | null => /界别活动/.exec(asked.body)?.[0] ?? null;

function quotedActivity(asked: Asked): string | null {
  const quoted = asked.document.context.quoted;
  return quoted
    ? (/[《"“【]([^》"”】]{2,30})[》"”】]/.exec(quoted)?.[1] ??
        quoted.split(/[\s,，。:：]/).find((piece) => activityWord.test(piece)) ??
        null)
    : null;
}
