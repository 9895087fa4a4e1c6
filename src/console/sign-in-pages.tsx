import type { VNode } from 'preact';
import type { Platform } from '../organisation/service';
import type { SignInWay } from '../transports/sign-in-way';
import { Frame, PageHead } from './frame';
import { consoleTexts } from './texts';

const texts = consoleTexts.signIn;

export function ChoicePage({ platforms, to, style }: { platforms: readonly Platform[]; to: string; style: string }): VNode {
  return (
    <Frame title={texts.title} style={style}>
      <PageHead title={consoleTexts.product} lines={[texts.hint]} />
      {platforms.map((platform) => (
        <a key={platform} class="button" href={`/sign-in/${platform}?${new URLSearchParams({ to }).toString()}`}>
          {texts[platform]}
        </a>
      ))}
    </Frame>
  );
}

export type Trouble = keyof typeof consoleTexts.trouble;

export function TroublePage({ trouble, style }: { trouble: Trouble; style: string }): VNode {
  const { title, text } = consoleTexts.trouble[trouble];
  return (
    <Frame title={title} style={style}>
      <PageHead title={title} />
      <p>{text}</p>
      <a class="button" href="/sign-in?again=1">
        {texts.again}
      </a>
    </Frame>
  );
}

interface ScriptProps {
  way: NonNullable<SignInWay['byScript']>;
  state: string;
  /** Where to go when the client gives no code. */
  otherWay: string;
  style: string;
  script: string;
}

/** Inside DingTalk: the client hands the code to a script of this page, which hands it to us with the form. */
export function ByScriptPage({ way, state, otherWay, style, script }: ScriptProps): VNode {
  return (
    <Frame title={texts.title} style={style}>
      <PageHead title={consoleTexts.product} />
      <p>{texts.waiting}</p>
      <form
        id="by-script"
        method="post"
        action="/sign-in/dingtalk/by-script"
        data-corp-id={way.corpId}
        data-client-id={way.clientId}
        data-other-way={otherWay}
      >
        <input type="hidden" name="state" value={state} />
        <input type="hidden" name="code" value="" />
      </form>
      <a class="button quiet" href={otherWay}>
        {texts.byHand}
      </a>
      <script src={way.script} />
      <script src={script} />
    </Frame>
  );
}
