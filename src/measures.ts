import type { Day } from './foundation/day';

/** How a measure is named and said; `did` and `open` are the halves of a sentence about a period, e.g. 本季度…. */
interface MeasureWords {
  /** For tables and pages. */
  label: string;
  unit: string;
  /** What one of it is, for whoever asks what counts. */
  meaning: string;
  did(count: number): string;
  open(count: number): string;
}

const measure = (words: MeasureWords): MeasureWords => words;

/**
 * Every figure the house knows, once. Features contribute to them (`contribute`), and quotas, chat, console and exports ask
 * for them by name: what a figure means cannot differ from place to place.
 */
export const measures = {
  events: measure({
    label: '联系活动',
    unit: '次',
    meaning: '一次走访、座谈、电话等联系界别群众的活动，召集人登记到会的界别活动也算；几位委员一起去，每位各计一次，全体合计只算一次',
    did: (count) => `已开展联系界别群众活动${count}次`,
    open: (count) => `联系界别群众活动尚待开展${count}次`,
  }),
  person_times: measure({
    label: '联系人次',
    unit: '人次',
    meaning: '联系到的界别群众，一次联系一人为一人次，不含委员和工作人员',
    did: (count) => `累计联系${count}人次`,
    open: (count) => `联系界别群众还差${count}人次`,
  }),
  distinct_enterprises: measure({
    label: '联系的企业',
    unit: '家',
    meaning: '记录里写明名称的企业，同一家不管去了几次只算一家',
    did: (count) => `联系企业${count}家`,
    open: (count) => `联系企业还差${count}家`,
  }),
  distinct_places: measure({
    label: '去过的地方',
    unit: '个',
    meaning: '记录里写明的社区、村、小区等地点，同一个不管去了几次只算一个',
    did: (count) => `去过${count}个地方`,
    open: (count) => `去过的地方还差${count}个`,
  }),
  households: measure({
    label: '联系走访的户数',
    unit: '户',
    meaning: '记录里写明的户数，同一户去几次就算几次',
    did: (count) => `联系走访${count}户`,
    open: (count) => `联系走访的户数还差${count}户`,
  }),
  demands_told: measure({
    label: '记录里的诉求',
    unit: '件',
    meaning: '联系记录里写到的诉求，按记录里的话数，没有单独登记和转办',
    did: (count) => `记录里写到诉求${count}件`,
    open: (count) => `记录里的诉求还差${count}件`,
  }),
  opinions_noted: measure({
    label: '报来的社情民意和微建议',
    unit: '条',
    meaning: '委员在聊天里报来、记下给机关看的社情民意和微建议，还不是正式报送的篇数',
    did: (count) => `报来社情民意和微建议线索${count}条`,
    open: (count) => `社情民意和微建议线索还差${count}条`,
  }),
  proposal_leads_noted: measure({
    label: '报来的提案线索',
    unit: '条',
    meaning: '委员在聊天里报来、记下给机关看的提案线索，还不是正式提交的提案',
    did: (count) => `报来提案线索${count}条`,
    open: (count) => `提案线索还差${count}条`,
  }),
  activities_attended: measure({
    label: '参加活动',
    unit: '次',
    meaning: '召集人登记到会的界别活动，到会的委员每人计一次，本人不用再记',
    did: (count) => `参加活动${count}次`,
    open: (count) => `还差参加活动${count}次`,
  }),
  feedback_received: measure({
    label: '收到的建议和投诉',
    unit: '件',
    meaning: '委员对本单位工作提出的建议、投诉和疑问',
    did: (count) => `提出建议和投诉${count}件`,
    open: (count) => `建议和投诉还差${count}件`,
  }),
  feedback_answered: measure({
    label: '已答复的建议和投诉',
    unit: '件',
    meaning: '机关已经答复的建议、投诉和疑问，按提出的日子计',
    did: (count) => `建议和投诉已答复${count}件`,
    open: (count) => `建议和投诉待答复${count}件`,
  }),
} as const satisfies Record<string, MeasureWords>;

export type MeasureName = keyof typeof measures;

/** What is asked: days of the body's zone, both included, by the day on which it happened. */
export interface MeasureQuery {
  body: string;
  from: Day;
  to: Day;
  /** Credited to any of these members; absent: the whole body, each thing once however many members share it. */
  members?: readonly string[];
}

/** One thing behind a figure, so that every figure can be opened. */
export interface MeasureRow {
  /** Number of what counts: 'R1024'. */
  id: string;
  date: Day;
  /** Members to whom it is credited. */
  members: readonly string[];
  /** How much it adds. */
  amount: number;
  /** What is counted once however many rows have it: an enterprise's name. */
  once?: string;
  /** Contact mode, where that decides whether it counts. */
  mode?: string;
}

/** What one feature adds to a measure. `count` must equal what its rows come to (`sumOf`); without it they are summed. */
export interface Contribution {
  measure: MeasureName;
  rows: (query: MeasureQuery) => Promise<MeasureRow[]>;
  count?: (query: MeasureQuery) => Promise<number>;
}

/** A measure with everything that is contributed to it. */
export interface Measure extends MeasureWords {
  name: MeasureName;
  rows: (query: MeasureQuery) => Promise<MeasureRow[]>;
  count: (query: MeasureQuery) => Promise<number>;
}

/** What rows come to: their amounts, and each thing that counts once a single time. */
export function sumOf(rows: readonly MeasureRow[]): number {
  const seen = new Set<string>();
  return rows.reduce((sum, { amount, once }) => {
    if (once === undefined) return sum + amount;
    if (seen.has(once)) return sum;
    seen.add(once);
    return sum + amount;
  }, 0);
}

/** The measure of that name, put together from its contributions (by day, then number). */
export function measureOf(name: MeasureName, contributions: readonly Contribution[]): Measure {
  const own = contributions.filter((each) => each.measure === name);
  const count = async ({ rows, count: counted }: Contribution, query: MeasureQuery): Promise<number> =>
    counted ? counted(query) : sumOf(await rows(query));
  return {
    name,
    ...measures[name],
    rows: async (query) =>
      (await Promise.all(own.map((each) => each.rows(query))))
        .flat()
        .sort((a, b) => (a.date === b.date ? a.id.localeCompare(b.id, 'en', { numeric: true }) : a.date < b.date ? -1 : 1)),
    count: async (query) => (await Promise.all(own.map((each) => count(each, query)))).reduce((sum, each) => sum + each, 0),
  };
}
