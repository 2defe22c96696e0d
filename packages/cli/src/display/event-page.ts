import { drawnByLantern } from '@lantern/optics';
import { type EventPicture, eventColours, eventThumbnail } from './event-svg.ts';
import { escapeMarkup } from './markup.ts';

/** An event on the page: its picture, and the file that shows it large. */
export interface ListedEvent {
  readonly file: string;
  readonly picture: EventPicture;
}

/**
 * A page with all events, small, each a link to its own picture.
 *
 * @param heading of the page
 * @param facts below it, one line each
 */
export function eventPage(
  heading: string,
  facts: readonly string[],
  events: readonly ListedEvent[],
): string {
  return `<!doctype html>
<html lang="en">
${drawnByLantern}
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeMarkup(heading)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escapeMarkup(heading)}</h1>
${facts.map((fact) => `<p>${escapeMarkup(fact)}</p>`).join('\n')}
<ul class="events">
${events.map(item).join('\n')}
</ul>
</body>
</html>
`;
}

function item({ file, picture }: ListedEvent): string {
  return `<li><a href="${escapeMarkup(file)}">${eventThumbnail(picture)}
<strong>${escapeMarkup(picture.title)}</strong> <span>${escapeMarkup(picture.facts.join(', '))}</span></a></li>`;
}

const style = `
:root{color-scheme:light dark;--page:#fff;--text:#20262e;--soft:#5a6472;--line:#d8dde4;--link:#1659b5}
@media(prefers-color-scheme:dark){:root{--page:#0d1117;--text:#e6eaf0;--soft:#98a3b3;--line:#2b3340;--link:#6cb0ff}}
body{margin:0 auto;padding:16px;max-width:1240px;background:var(--page);color:var(--text);font:16px/1.5 system-ui,sans-serif}
h1{font-size:1.7rem;line-height:1.2;margin:.4em 0}
p{margin:.2em 0;color:var(--soft)}
.events{list-style:none;margin:1.5em 0;padding:0;display:grid;gap:16px;grid-template-columns:repeat(auto-fill,minmax(min(100%,260px),1fr))}
.events a{display:block;color:inherit;text-decoration:none;border:1px solid var(--line);border-radius:8px;padding:12px}
.events a:hover{border-color:var(--link)}
.events a:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.events svg{display:block;width:100%;height:auto;margin-bottom:8px}
.events span{display:block;color:var(--soft);font-size:.9rem}
${eventColours}`;
