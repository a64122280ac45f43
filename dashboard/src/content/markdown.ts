import DOMPurify from 'dompurify';
import { Marked, type Tokens } from 'marked';

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const SAFE_LINK = /^(https?:|mailto:)/i;

const marked = new Marked({
  gfm: true,
  breaks: true,
  renderer: {
    // Tags in what somebody wrote are text: that is what the terminal shows too.
    html: ({ text }: Tokens.HTML | Tokens.Tag) => escaped(text),
    // Nothing is fetched from anywhere, so an image is its description and where it would be.
    image: ({ href, text }: Tokens.Image) => escaped(`![${text}](${href})`),
    link({ href, tokens, raw }: Tokens.Link) {
      const text = this.parser.parseInline(tokens);
      if (!SAFE_LINK.test(href)) return raw.includes('](') ? `${text} (${escaped(href)})` : text;
      return `<a href="${escaped(href)}" target="_blank" rel="noopener noreferrer">${text}</a>`;
    },
    // One level below the headings around it, whatever level was written: its size still tells.
    heading({ tokens, depth }: Tokens.Heading) {
      return `<h4 class="h${depth}">${this.parser.parseInline(tokens)}</h4>`;
    },
    checkbox: ({ checked }: Tokens.Checkbox) => (checked ? '☑ ' : '☐ '),
    code: ({ text, lang }: Tokens.Code) =>
      `<pre tabindex="0"><code class="language-${escaped((lang ?? '').split(/\s/)[0] ?? '')}">${escaped(text)}</code></pre>`,
  },
});

const purifier = DOMPurify;

const ALLOWED = {
  ALLOWED_TAGS: 'a blockquote br code del em h4 hr li ol p pre strong table tbody td th thead tr ul span'.split(' '),
  ALLOWED_ATTR: ['href', 'target', 'rel', 'class', 'start', 'align', 'tabindex'],
  ALLOW_DATA_ATTR: false,
  RETURN_TRUSTED_TYPE: true,
} as const;

/** Markdown as markup that holds nothing but text and its structure. */
export function markdown(text: string): string {
  return trusted(marked.parse(text, { async: false }));
}

/** Any markup, made harmless; a `TrustedHTML` where the browser knows them, which passes for a string. */
export function trusted(html: string): string {
  return purifier.sanitize(html, {
    ...ALLOWED,
    ALLOWED_TAGS: [...ALLOWED.ALLOWED_TAGS],
    ALLOWED_ATTR: [...ALLOWED.ALLOWED_ATTR],
  }) as unknown as string;
}
