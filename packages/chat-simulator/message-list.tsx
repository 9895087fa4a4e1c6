import type { VNode } from 'preact';
import { Avatar } from './avatar';
import { BubbleText } from './bubble-text';
import { CardBlock } from './card-block';
import { cardFor } from './cards';
import type { ShownMessage } from './chat-log';
import { longDay, shortTime } from './demo-time';
import { pageTexts } from './page-texts';
import type { PageView } from './page-view';

/** A new line of time stands above a message that comes so much later than the one before. */
const pauseMs = 5 * 60_000;

export function MessageList(props: { view: PageView }): VNode {
  const { view } = props;
  return (
    <ol id="log" class="log" role="log" aria-label={pageTexts.log} tabIndex={0} data-chat={view.chat}>
      {view.messages.length === 0 && <Welcome view={view} />}
      {view.messages.map((message, at) => (
        <>
          <TimeLine message={message} before={view.messages[at - 1]} zone={view.zone} />
          <Bubble message={message} view={view} />
        </>
      ))}
    </ol>
  );
}

function Welcome(props: { view: PageView }): VNode {
  const { group, botName } = props.view;
  return (
    <li class="welcome" data-id="welcome">
      <p class="welcome-main">{group ? pageTexts.emptyGroup(botName) : pageTexts.emptyPrivate}</p>
      <p>{pageTexts.emptyHint}</p>
    </li>
  );
}

function TimeLine(props: { message: ShownMessage; before: ShownMessage | undefined; zone: string }): VNode | null {
  const { message, before, zone } = props;
  const instant = new Date(message.at);
  const day = longDay(instant, zone);
  const sameDay = before !== undefined && longDay(new Date(before.at), zone) === day;
  if (sameDay && instant.getTime() - Date.parse(before.at) < pauseMs) return null;
  return (
    <li class="time" data-id={`t-${message.id}`}>
      <time dateTime={message.at}>{sameDay ? shortTime(instant, zone) : `${day} ${shortTime(instant, zone)}`}</time>
    </li>
  );
}

function Bubble(props: { message: ShownMessage; view: PageView }): VNode {
  const { message, view } = props;
  if (message.from === 'note') {
    return (
      <li class="note" data-id={message.id}>
        {message.text}
      </li>
    );
  }
  const mine = message.from === view.me.userId;
  const name = view.nameOf(message.from);
  const card = cardFor(message, view.me.userId);
  // A card that stands alone says the words itself.
  const alone = message.card !== undefined && message.text === (message.card.text ?? message.card.title);
  return (
    <li class={mine ? 'message mine' : 'message'} data-id={message.id} data-from={message.from}>
      <Avatar name={name} from={message.from} />
      <div class="message-body">
        <p class="from">
          {name}
          {message.from === 'bot' && <span class="tag">{pageTexts.robot}</span>}
          {message.from === 'app' && <span class="tag tag-app">{pageTexts.notice}</span>}
          {(message.from === 'bot' || message.from === 'app') && (
            <button type="button" class="quote" data-quote={message.text}>
              {pageTexts.quote}
            </button>
          )}
        </p>
        <div class="bubble">
          {message.quote !== undefined && <p class="quoted">{message.quote}</p>}
          {!alone && <BubbleText text={message.text} format={message.format} mentions={[view.botName]} />}
          {card && <CardBlock card={card} messageId={message.id} />}
        </div>
      </div>
    </li>
  );
}
