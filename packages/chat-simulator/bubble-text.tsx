import type { ComponentChildren, VNode } from 'preact';

/**
 * The words of a bubble as elements, never as HTML: the subset of markdown the client shows in a message, or plain text with
 * its line breaks. Everything else stays visible as it was written.
 */
export function BubbleText(props: { text: string; format: 'text' | 'markdown'; mentions: readonly string[] }): VNode {
  const { text, format, mentions } = props;
  const inline = (line: string): ComponentChildren => (format === 'markdown' ? markdownLine(line) : plainLine(line, mentions));
  return (
    <div class="words">
      {text.split('\n').map((line) => (
        <Line line={line} format={format} inline={inline} />
      ))}
    </div>
  );
}

function Line(props: { line: string; format: 'text' | 'markdown'; inline: (line: string) => ComponentChildren }): VNode {
  const { line, format, inline } = props;
  if (line.trim() === '') return <p class="gap"> </p>;
  if (format === 'text') return <p>{inline(line)}</p>;
  const heading = /^#{1,6}\s+(.*)$/.exec(line);
  if (heading) return <p class="heading">{inline(heading[1] ?? '')}</p>;
  const quoted = /^>\s?(.*)$/.exec(line);
  if (quoted) return <blockquote>{inline(quoted[1] ?? '')}</blockquote>;
  const item = /^\s*[-*]\s+(.*)$/.exec(line);
  if (item) return <p class="item">{inline(item[1] ?? '')}</p>;
  return <p>{inline(line)}</p>;
}

const markup = /\*\*([^*]+)\*\*|`([^`]+)`|\[([^\]]+)\]\((https?:\/\/[^\s)]+)\)|<font color="(info|comment|warning)">(.*?)<\/font>/;

function markdownLine(line: string): ComponentChildren {
  const found = markup.exec(line);
  if (!found) return line;
  const [whole, bold, code, label, address, colour, coloured] = found;
  const rest = markdownLine(line.slice(found.index + whole.length));
  return (
    <>
      {line.slice(0, found.index)}
      {bold !== undefined && <strong>{markdownLine(bold)}</strong>}
      {code !== undefined && <code>{code}</code>}
      {address !== undefined && <OutLink address={address} label={label ?? address} />}
      {colour !== undefined && <span class={`tone-${colour}`}>{markdownLine(coloured ?? '')}</span>}
      {rest}
    </>
  );
}

/** Plain text: only mentions stand out, and the one tag the app's text messages may hold, a link. */
function plainLine(line: string, mentions: readonly string[]): ComponentChildren {
  const link = /<a href="(https?:\/\/[^"\s]+)">([^<]*)<\/a>/.exec(line);
  if (link) {
    return (
      <>
        {plainLine(line.slice(0, link.index), mentions)}
        <OutLink address={link[1] ?? ''} label={link[2] ?? ''} />
        {plainLine(line.slice(link.index + link[0].length), mentions)}
      </>
    );
  }
  const mention = mentions.map((name) => `@${name}`).find((name) => line.includes(name));
  if (mention === undefined) return line;
  const at = line.indexOf(mention);
  return (
    <>
      {line.slice(0, at)}
      <span class="mention">{mention}</span>
      {line.slice(at + mention.length)}
    </>
  );
}

function OutLink(props: { address: string; label: string }): VNode {
  return (
    <a href={props.address} rel="noopener noreferrer" target="_blank">
      {props.label}
    </a>
  );
}
