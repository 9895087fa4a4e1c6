import type { VNode } from 'preact';
import { pageTexts } from './page-texts';
import type { PageView } from './page-view';

/** Where one types: examples to tap, the quoted message if any, the mention of the bot, the line itself. */
export function Composer(props: { view: PageView }): VNode {
  const { view } = props;
  return (
    <form id="composer" class="composer" method="post" action="/say">
      <input type="hidden" name="on" value={view.platform} />
      <input type="hidden" name="as" value={view.me.userId} />
      <input type="hidden" name="chat" value={view.chat} />
      <input type="hidden" id="quote" name="quote" value="" />
      <div class="examples">
        <span class="examples-label">{pageTexts.examples}</span>
        {view.examples.map((example) => (
          <button type="button" class="example" data-example={example}>
            {example}
          </button>
        ))}
      </div>
      <p id="quoting" class="quoting" hidden>
        <span>{pageTexts.quoting}</span>
        <span id="quoted-words" class="quoting-words" />
        <button type="button" class="quiet" data-cancel-quote>
          {pageTexts.cancelQuote}
        </button>
      </p>
      <TypingRow inGroup={view.group !== null} botName={view.botName} />
    </form>
  );
}

function TypingRow(props: { inGroup: boolean; botName: string }): VNode {
  const { inGroup, botName } = props;
  const placeholder = inGroup ? pageTexts.placeholderGroup : pageTexts.placeholderPrivate;
  return (
    <div class="typing">
      {inGroup && (
        <label class="at" title={pageTexts.mentionHint}>
          <input type="checkbox" name="mention" value="yes" defaultChecked />
          <span class="at-name">{pageTexts.mention(botName)}</span>
          <span class="at-state at-on">{pageTexts.mentioned}</span>
          <span class="at-state at-off">{pageTexts.notMentioned}</span>
        </label>
      )}
      <textarea id="text" name="text" rows={1} maxLength={5000} enterkeyhint="send" placeholder={placeholder} aria-label={placeholder} />
      <button type="submit" class="send">
        {pageTexts.send}
      </button>
    </div>
  );
}
