import type { VNode } from 'preact';
import { Avatar } from './avatar';
import { pageTexts } from './page-texts';
import type { ChatRow, PageView } from './page-view';

/** Left column: my groups, my private chat, and where something new waits for others. */
export function ChatList(props: { view: PageView }): VNode {
  const { groups, mine, others, othersLeftOut } = props.view;
  return (
    <nav id="chats" class="chats" aria-label={pageTexts.chats}>
      <h2>{pageTexts.mine}</h2>
      <ul>
        <Row row={mine} kind="bot" />
      </ul>
      <h2>{pageTexts.groups}</h2>
      <ul>
        {groups.map((row) => (
          <Row row={row} kind="group" />
        ))}
      </ul>
      {others.length > 0 && (
        <section class="others">
          <h2>
            {pageTexts.others} <span class="aside">{pageTexts.othersHint}</span>
          </h2>
          <ul>
            {others.map((row) => (
              <Row row={row} kind="person" />
            ))}
          </ul>
          {othersLeftOut > 0 && <p class="hint">{pageTexts.more(othersLeftOut)}</p>}
        </section>
      )}
    </nav>
  );
}

function Row(props: { row: ChatRow; kind: 'group' | 'bot' | 'person' }): VNode {
  const { row, kind } = props;
  return (
    <li>
      <a class="row" href={row.href} data-kind={kind} {...(row.current ? { 'aria-current': 'page' as const } : {})}>
        {kind === 'group' ? <GroupMark /> : <Avatar name={row.name} {...(kind === 'bot' ? { from: 'bot' } : {})} />}
        <span class="row-words">
          <span class="row-name">{row.name}</span>
          <span class="row-hint">{row.hint}</span>
        </span>
        <Badge count={row.unread} />
      </a>
    </li>
  );
}

export function Badge(props: { count: number }): VNode | null {
  if (props.count === 0) return null;
  return (
    <span class="badge" aria-label={pageTexts.unread(props.count)}>
      {props.count > 99 ? '99+' : props.count}
    </span>
  );
}

function GroupMark(): VNode {
  return (
    <span class="avatar avatar-group" aria-hidden="true">
      <svg viewBox="0 0 24 24" width="26" height="26" fill="currentColor">
        <circle cx="8.5" cy="8" r="3.5" />
        <circle cx="16.5" cy="9" r="2.8" />
        <path d="M1.8 19.5c0-4 3-6.5 6.7-6.5s6.7 2.5 6.7 6.5z" />
        <path d="M16.8 19.5h5.4c0-3.6-2.3-5.9-5.7-5.9-.7 0-1.300.1-1.900.3 1.400 1.400 2.200 3.300 2.200 5.600z" />
      </svg>
    </span>
  );
}
