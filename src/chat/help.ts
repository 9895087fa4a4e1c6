import { may } from '../organisation/may';
import type { Role } from '../organisation/roles';
import type { Command, HelpLine, Reply, Speaker } from './command';
import { commonTexts as texts } from './texts';

/** Whose lines come first for somebody with several roles. */
const order: readonly Role[] = ['staff', 'convener', 'liaison_officer', 'auditor', 'member'];
const shown = 3;

/** What a speaker is told of the assistant: three lines that fit the role, or everything this speaker may do. */
export function helpFor(commands: readonly Command[], speaker: Speaker, everything: boolean): Reply {
  const role = order.find((each) => speaker.roles.includes(each));
  const lines = commands
    .flatMap(({ help = [], may: right }) => help.map((line) => ({ may: right, ...line })))
    .filter((line) => may(line.may, speaker) && !(line.ofMembers && speaker.sector === null));
  const first = lines.filter((line) => role !== undefined && line.first?.includes(role));
  const sorted = [...first, ...lines.filter((line) => !first.includes(line))].map(({ say }: HelpLine) => say);
  if (everything || sorted.length <= shown) return { text: texts.help(sorted) };
  return { text: texts.helpShort(sorted.slice(0, shown)), card: { title: texts.helpTitle, buttons: [texts.more] } };
}
