import { type Named, named, whenText } from './words';

interface Came {
  members: number | null;
  people: number | null;
  onLeave: readonly string[];
  absent: readonly string[];
}

/** Whom it counts for, said as it is. */
function creditedSaid({ id }: Pick<Named, 'id'>, members: number | null, named: number): string {
  if (named === 0) return `没有写名字，还没计到个人；请补发到会委员的名字，例如“/出席 ${id} 周岚、罗青禾”。`;
  const open = members === null ? 0 : members - named;
  if (open > 0) return `有${open}位没写名字，还没计到个人，补发整份名单就行。`;
  return open < 0 ? '写的人数比名字少，请核对后再发一次整份名单。' : '已记在到会委员名下。';
}

/** Who was there, and what was said. */
export const afterwardsTexts = {
  attendanceHow: (activity: Named): string =>
    `${named(activity)}谁到了？例如“/出席 ${activity.id} 周岚、罗青禾，马亦言请假”，人都到齐了写“全到”。`,
  attendanceKept: (activity: Named, { members, people, onLeave, absent }: Came, names: readonly string[]): string => {
    const count = members === null ? names.length : members;
    const said = [
      count > 0 || people === null ? `到会委员${count}人${names.length > 0 ? `（${names.join('、')}）` : ''}` : null,
      onLeave.length > 0 ? `请假${onLeave.length}人` : null,
      absent.length > 0 ? `缺席${absent.length}人` : null,
      people === null ? null : `群众${people}人`,
    ].filter((each) => each !== null);
    return `已登记${named(activity)}：${said.join('，')}。${creditedSaid(activity, members, names.length)}`;
  },
  attendanceCount: (activity: Named, came: (Omit<Came, 'onLeave' | 'absent'> & { present: readonly string[] }) | null): string => {
    if (came === null) return `${named(activity)}还没有登记谁到了。`;
    const members = came.members ?? came.present.length;
    const said = [
      members > 0 || came.people === null ? `到会委员${members}人` : null,
      came.people === null ? null : `群众${came.people}人`,
    ].filter((each) => each !== null);
    return `${named(activity)}：${said.join('，')}。`;
  },
  attendanceNames: ({
    present,
    onLeave,
    absent,
  }: {
    present: readonly string[];
    onLeave: readonly string[];
    absent: readonly string[];
  }): string =>
    [
      present.length > 0 ? `到会：${present.join('、')}` : '到会的没有写名字',
      ...(onLeave.length > 0 ? [`请假：${onLeave.join('、')}`] : []),
      ...(absent.length > 0 ? [`缺席：${absent.join('、')}`] : []),
    ].join('\n'),
  minutesAre: (activity: Named, all: readonly string[]): string => [`${named(activity)}的纪要：`, ...all].join('\n'),
  minutesHow: (activity: Named): string =>
    `${named(activity)}说了什么？写在后面就行，例如“/纪要 ${activity.id} 讲了三个案例，收到建议两条”。`,
  noMinutes: (activity: Named, mayKeep: boolean): string =>
    `${named(activity)}还没有纪要。${mayKeep ? `要存，发“/纪要 ${activity.id} 说了什么”。` : ''}`,
  minutesNotYours: (activity: Named): string => `${named(activity)}的纪要，参加的委员、召集人、联络员和机关才能看。`,
  notYetHeld: (activity: Named): string =>
    `${named(activity)}还没到日子（${whenText(activity.start)}），办过以后再告诉我就行，这条没有记下。`,
  notHeld: (activity: Named): string => `${named(activity)}已经取消了，这条没有记下。`,
  minutesKept: (activity: Named, cut: boolean): string =>
    `纪要已存到${named(activity)}名下，不算联系记录。${cut ? '太长了，只存了前4000字。' : ''}`,
} as const;
