import { type RecordWords, recordText } from './record-text';

/** What is said of contacts told for somebody else, or together with somebody. */
export const otherTexts = {
  purposes: { told: '代记、同行的告知', objected: '记录异议的告知', absent: '没有同去的告知' },
  help: { object: '/异议 R1024 别人替您记的、其实不是您的' },
  forMember: (name: string, counts: boolean): string =>
    counts ? `（替${name}委员代记，会告诉他本人。）` : `（替${name}委员代记，计数以后会告诉他本人。）`,
  oneAtATime: (names: readonly string[]): string => `一次只能替一位委员记，这里有${names.join('、')}，都没有记下。请分开发。`,
  mayNot: (name: string): string => `替${name}委员记，要由他的召集人、联络员或机关来办，这条没有记下；请他本人发一句就行。`,
  unknownName: (name: string): string => `名册里没有“${name}”，这条还没有记下。是替哪位委员记的？回复姓名就行；不记了就回“算了”。`,
  officeWhose: '这条还没有记下：是哪位委员的联系？回复姓名就行；不记了就回“算了”。',
  severalNamed: (name: string): string => `名册里有好几位“${name}”，我分不清，这条没有记下；请他本人发一句就行。`,
  nameDropped: '好的，这条没有记。',
  whose: (name: string): string => `这条还没有记下：是替${name}委员记，还是您自己联系的？回复“替${name}记”或“我自己”。`,
  whoseMayNot: (name: string): string =>
    `这条说的像是${name}委员的联系，还没有记下。是您自己联系的，请回复“我自己”；是${name}委员的，请他本人发一句就行。`,
  whoseTitle: '这条是谁联系的？',
  sayOther: (name: string): string => `替${name}记`,
  sayOwn: '我自己',
  together: (names: readonly string[]): string => `（${names.join('、')}委员一起计入，会告诉本人。）`,
  toldFor: (record: RecordWords, recorder: string): string =>
    `${record.id}：${recorder}替您记了一条：${recordText(record, 'member')}。已算您的联系。如果不是您，回复“不是我”或“异议 ${record.id}”，就不再计入。`,
  toldTogether: (record: RecordWords, recorder: string): string =>
    `${record.id}：${recorder}记了一条，说您一起去了：${recordText(record, 'member')}。也算您的联系。如果没去，回复“不是我”或“异议 ${record.id}”，就不再计入。`,
  member: (name: string): string => `${name}委员`,
  absentTold: (record: RecordWords, recorder: string): string =>
    `${record.id}：${recorder}改了一条记录，说您没有一起去：${recordText(record, 'member')}。不再算您的联系；其实去了，请告诉${recorder}，或自己记一条。`,
  absent: (id: string, names: readonly string[]): string => `${id}不再算${names.join('、')}委员的联系，会告诉本人。`,
  notCounted: (id: string, names: readonly string[]): string => `${id}没有算${names.join('、')}委员的联系，没有改动。`,
  objected: (record: RecordWords): string => `好的，${record.id}不再算您的联系：${recordText(record)}。已告诉记录的人。`,
  objectedNotice: (id: string, name: string): string => `${id}：${name}委员说这条不是他的，已不再计入他的联系。`,
  notConcerned: (id: string): string => `${id}不是别人替您记的，没有改动；要撤回自己的记录，请发“撤回 ${id}”。`,
  nothingToObject: '最近没有别人替您记的记录，什么都没有改。说的是哪一条？带上编号就行，例如“异议 R1024”。',
  recordedBy: (name: string): string => `（${name}代记）`,
  by: (name: string): string => `（${name}委员记的，您同行）`,
  office: '机关',
};

export const saysOwn = /^(?:我自己|自己|是?我自己(?:联系|去|记)?的?|我的|本人|是我)[吧啊的。.!！~～]*$/u;
export const saysOther = /^(?:是?[替帮代给][\u4e00-\u9fff·]{2,4}?(?:委员)?记?|替[他她]|[他她]的?|不是我(?:自己)?的?)[吧啊的。.!！~～]*$/u;
