import { type RecordWords, recordText } from './record-text';

/** What is said when records are withdrawn, brought back, objected to, or cannot be found. */
export const changeTexts = {
  help: { restore: '/恢复 R1024 撤回错了，恢复一条记录' },
  withdrawn: (record: RecordWords, days: number): string =>
    `已撤回${record.id}：${recordText(record)}。不再计数；撤错了，${days}天内发“恢复 ${record.id}”就能恢复。`,
  goneAlready: (id: string): string => `${id}之前已经撤回，没有再动；要恢复就发“恢复 ${id}”。`,
  askedNoMoreGone: (id: string): string => `好的，不再问了。${id}已经撤回，不计数。`,
  askedNoMoreDone: (id: string): string => `好的，不再问了。${id}已经完整存好。`,
  restored: (record: RecordWords): string => `已恢复${record.id}：${recordText(record)}。`,
  restoredAsked: (record: RecordWords, earlier: string): string =>
    `${record.id}恢复了，还没有计数：${recordText(record)}——看起来和${earlier}是同一次。如果是另外一次，请回复“确认”；重复了就回复“撤回”。`,
  notGone: (record: RecordWords): string => `${record.id}没有撤回过，一直在：${recordText(record)}。`,
  tooLate: (id: string, days: number): string => `${id}撤回已超过${days}天，您自己恢复不了了；请召集人、联络员或机关发“恢复 ${id}”。`,
  objectedTo: (id: string): string => `${id}是委员本人说过“不是我”的，要恢复得他本人发“恢复 ${id}”。`,
  noRecord: '没有找到您说的那条记录，什么都没有改。发“/我的记录”可以看自己的编号。',
  unknownNumbers: (ids: readonly string[]): string => `没有编号是${ids.join('、')}的记录，什么都没有改。发“/我的记录”可以看自己的编号。`,
  alsoUnknown: (ids: readonly string[]): string => `没有编号是${ids.join('、')}的记录。`,
  notARecord: (code: string): string =>
    `刚才说的是${code}，不是联系记录，所以没有改动任何记录。要改记录请带上编号，例如“更正 R1024 人数15”。`,
  notYours: (id: string): string => `${id}不是您本人的记录，请记录的委员本人更正或撤回。`,
  notYoursToRestore: (id: string): string => `${id}不是您本人的记录，请委员本人，或召集人、联络员、机关来恢复。`,
  ownerStays: (id: string, name: string): string =>
    `${id}没有改：记录换不了人。请先“撤回 ${id}”，再由${name}委员自己发一条，或请召集人、联络员、机关发“/代记 ${name} …”。`,
  which: (records: readonly RecordWords[], more: number): string =>
    ['您说的是哪一条？还没有动。', ...lines(records), ...rest(more), '回复编号就行，例如“' + (records[0]?.id ?? 'R1024') + '”。'].join(
      '\n',
    ),
  lot: (records: readonly RecordWords[], more: number): string =>
    [
      `这会撤回${records.length + more}条记录，还没有动：`,
      ...lines(records),
      ...rest(more),
      '确定都撤回，请回复“确认”；回别的都不会撤。',
    ].join('\n'),
  lotTitle: (count: number): string => `撤回${count}条记录`,
  lotDone: (ids: readonly string[], days: number): string =>
    `已撤回${ids.length}条：${ids.join('、')}。不再计数；撤错了，${days}天内发“恢复 ${ids[0] ?? ''}”可以一条条恢复。`,
  lotNotDone: '没有撤回，记录都还在。',
  lotWaiting: (count: number): string => `没有撤回。确定要撤回那${count}条，请回复“确认”；不撤就回“算了”。`,
  confirm: '确认',
  confirmLabel: '确认撤回',
  drop: '算了',
  dropLabel: '不撤了',
  whichWaiting: (ids: readonly string[]): string => `请说是哪一条：${ids.join('、')}。回复编号就行；不改了就回“算了”。`,
  whichDropped: '好的，没有改动任何记录。',
};

const lines = (records: readonly RecordWords[]): string[] => records.map((record) => `${record.id}：${recordText(record)}`);
const rest = (more: number): string[] => (more > 0 ? [`……另外还有${more}条`] : []);

/** The one word that does it. */
export const sayConfirm = /^(?:确认|确定)[吧了啊。.!！~～]*$/u;
