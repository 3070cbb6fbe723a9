// What comes from a word processor or a web page, before it is read: looks become
// marks, list paragraphs become lists, and what a page of ours may not run is dropped
// before the browser would refuse it.

const NOT_TEXT = /<(style|script|title|xml)\b[\s\S]*?<\/\1\s*>/gi;
const WORD_BULLET = /<!(?:--)?\[if !supportLists\](?:--)?>([\s\S]*?)<!(?:--)?\[endif\](?:--)?>/gi;
const COMMENT = /<!--(?!StartFragment|EndFragment)[\s\S]*?-->/g;
const TAG = /<[a-z][^>]*>/gi;
const REFUSED = /\s(?:style|on\w+|src|srcset|background)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)/gi;
const STYLE = /\sstyle\s*=\s*(?:"([^"]*)"|'([^']*)')/i;
const WORD_ITEM = /<p\b[^>]*MsoListParagraph[^>]*>([\s\S]*?)<\/p>/gi;
const MARK = /^(?:\s|<[^>]*>|&nbsp;)*data-mark:(\S+?);/;

const LOOKS = [
  ["bold", /font-weight\s*:\s*(?:bold|[6-9]00)/i],
  ["light", /font-weight\s*:\s*(?:normal|[1-5]00)/i],
  ["italic", /font-style\s*:\s*italic/i],
  ["upright", /font-style\s*:\s*normal/i],
  ["super", /vertical-align\s*:\s*super/i],
  ["sub", /vertical-align\s*:\s*sub/i],
];

export function tidied(html) {
  return html
    .replace(NOT_TEXT, "")
    .replace(WORD_BULLET, (_all, shown) => (/\d/.test(shown) ? "data-mark:ol;" : "data-mark:ul;"))
    .replace(COMMENT, "")
    .replace(TAG, looked)
    .replace(WORD_ITEM, item)
    .replace(/<\/(ul|ol)>\s*<\1 data-word>/g, "")
    .replaceAll(/data-mark:[uo]l;/g, "");
}

/** A tag without what would be refused; its look is kept as a word. */
function looked(tag) {
  const style = STYLE.exec(tag);
  const looks = style ? LOOKS.filter(([, look]) => look.test(style[1] ?? style[2])) : [];
  const plain = tag.replace(REFUSED, "");
  if (!looks.length) return plain;
  return plain.replace(/^<[a-z][\w:-]*/i, (name) => `${name} data-look="${looks.map(([word]) => word).join(" ")}"`);
}

function item(_all, inside) {
  const [, list = "ul"] = MARK.exec(inside) ?? [];
  return `<${list} data-word><li>${inside}</li></${list}>`;
}
