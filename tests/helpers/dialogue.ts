import { readFileSync } from 'node:fs';

/** One line of a written conversation. */
type Turn =
  /** `周岚：…` in the group, `周岚（私聊）：…` to the bot in private; `再次送达` repeats the last one as the platform does. */
  | { kind: 'says'; name: string; private: boolean; quote?: string; text: string }
  | { kind: 'again' }
  /** `助手：…` the answer to the line before, whole; `助手（私聊 周岚）：…` the next private message of the app to a member. */
  | { kind: 'answers'; to: string | null; text: string }
  /** `助手不说话` */
  | { kind: 'silence' }
  /** `助手没有私聊 周岚` */
  | { kind: 'nothing_private'; name: string }
  /** `【2026-09-24 09:31】` the clock moves there and the jobs run. */
  | { kind: 'time'; at: string };

export interface Dialogue {
  title: string;
  start: string;
  /** `（群还没有绑定）` under the title: the work group is new. */
  newGroup: boolean;
  turns: Turn[];
}

/** Reads conversations: `## title`, `【start】`, then turns; further lines of a turn are indented. */
export function readDialogues(file: string): Dialogue[] {
  return readFileSync(file, 'utf8')
    .split(/^## /m)
    .slice(1)
    .map((part) => {
      const [title = '', ...lines] = part.split('\n');
      const joined = lines.reduce<string[]>((turns, line) => {
        if (/^\s+\S/.test(line)) turns.push(`${turns.pop() ?? ''}\n${line.trim()}`);
        else if (line.trim() !== '') turns.push(line.trim());
        return turns;
      }, []);
      const newGroup = joined[0] === '（群还没有绑定）';
      const [first, ...turns] = (newGroup ? joined.slice(1) : joined).map((line) => turnOf(line, file));
      if (first?.kind !== 'time') throw new Error(`${file}, ${title}: begin with 【the time】`);
      return { title: title.trim(), start: first.at, newGroup, turns };
    });
}

function turnOf(line: string, file: string): Turn {
  const time = /^【(\d{4}-\d\d-\d\d) (\d\d:\d\d)】$/.exec(line);
  if (time) return { kind: 'time', at: `${time[1]}T${time[2]}:00` };
  if (line === '助手不说话') return { kind: 'silence' };
  if (line === '再次送达') return { kind: 'again' };
  const nothing = /^助手没有私聊 (\S+)$/.exec(line);
  if (nothing?.[1]) return { kind: 'nothing_private', name: nothing[1] };
  const said = /^(\S+?)(?:（(私聊|引用“([^”]*)”)(?: ([^\s）]+))?）)?：([\s\S]*)$/u.exec(line);
  const [, name, how, quote, to, text] = said ?? [];
  if (!name || text === undefined) throw new Error(`${file}: cannot read the line “${line}”`);
  if (name === '助手') return { kind: 'answers', to: to ?? null, text };
  return { kind: 'says', name, private: how === '私聊', text, ...(quote ? { quote } : {}) };
}
