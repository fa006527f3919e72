// Colours: a blue, an amber, a green, a vermilion, a purple and a sky that people with any kind of
// colour blindness tell apart (after Okabe and Ito), each at least 3:1 against the surface.
const LIGHT = `--surface:#ffffff;--page:#f6f7f9;--ink:#16202c;--muted:#55606e;--line:#b6bec9;--grid:#e6e9ee;
--c1:#1b62ab;--c1-soft:#8fb3da;--c2:#c26a00;--c3:#0b8a69;--c4:#c63d2f;--c5:#8a4fa8;--c6:#2f8fb5;
--good:#0a6b51;--good-bg:#e3f4ee;--bad:#a82a1d;--bad-bg:#fdeae7;--code:#eef1f5;--accent:#1b62ab`;
const DARK = `--surface:#12181f;--page:#0b1016;--ink:#e9eef5;--muted:#a3afbd;--line:#4a5664;--grid:#232c37;
--c1:#6aaef2;--c1-soft:#3b658f;--c2:#f0a33a;--c3:#3fc39b;--c4:#f0796a;--c5:#c594e0;--c6:#6cc6e6;
--good:#6fdcb8;--good-bg:#10302a;--bad:#ff9d90;--bad-bg:#3a1a17;--code:#1c2530;--accent:#8cc2f7`;

/**
 * The whole style of a page: system fonts, one column, a contents list beside it where there is
 * room.
 */
export const STYLE = `:root{color-scheme:light dark;${LIGHT}}
@media (prefers-color-scheme:dark){:root{${DARK}}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums}
.layout{padding:0 16px;max-width:852px;margin:0 auto}
main,.page-head{min-width:0}
a{color:var(--accent)}
h1{font-size:clamp(28px,6vw,42px);line-height:1.1;letter-spacing:-.02em;margin:4px 0 20px}
h2{font-size:24px;line-height:1.2;letter-spacing:-.01em;margin:0 0 12px}
h3{font-size:17px;line-height:1.3;margin:28px 0 8px}
p{margin:0 0 12px;max-width:68ch}
.kicker{color:var(--muted);font-size:14px;margin:0;letter-spacing:.02em}
.lead{font-size:18px;line-height:1.5}
.note,.help{color:var(--muted);font-size:14px}
.page-head{padding:40px 0 8px}
section{border-top:1px solid var(--line);padding:28px 0 0;margin-top:28px;scroll-margin-top:16px}
.pool{list-style:none;display:flex;flex-wrap:wrap;gap:10px;margin:0 0 24px;padding:0}
.pool li{display:grid;grid-template-columns:auto 1fr;column-gap:10px;align-items:center;background:var(--surface);border:1px solid var(--line);border-radius:12px;padding:10px 14px;flex:1 1 130px;min-width:0}
.pool .place{grid-row:1/3;font-size:26px;font-weight:700;color:var(--accent)}
.pool b{font-size:17px;overflow-wrap:anywhere;line-height:1.2}
.pool .pair{font-size:12px;color:var(--muted);overflow-wrap:anywhere}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(230px,1fr));gap:10px;margin:0}
.fact{background:var(--surface);border:1px solid var(--grid);border-radius:10px;padding:10px 14px;min-width:0}
.fact dt{font-size:13px;color:var(--muted)}
.fact dd{margin:2px 0 0;overflow-wrap:anywhere}
.fact.good{background:var(--good-bg);border-color:transparent}.fact.good b{color:var(--good)}
.fact.bad{background:var(--bad-bg);border-color:transparent}.fact.bad b{color:var(--bad)}
.fact.good dt,.fact.bad dt{color:var(--ink)}
figure{margin:20px 0 28px}
figcaption h3{margin:0 0 4px}
figcaption .help{margin-bottom:8px}
svg.chart{display:block;max-width:100%;height:auto;background:var(--surface);border-radius:8px;font-family:inherit}
svg.wide{display:none}
svg.narrow{width:100%;max-width:520px;margin:0 auto}
@media (min-width:860px){svg.wide{display:block}svg.narrow{display:none}}
.frame{min-height:150px;display:grid;place-items:center;text-align:center;padding:24px;border-left:1px solid var(--line);border-bottom:1px solid var(--line);background:repeating-linear-gradient(to bottom,var(--grid) 0 1px,transparent 1px 36px) var(--surface)}
.frame p{margin:0;background:var(--surface);padding:6px 12px;border-radius:6px;color:var(--ink)}
.legend{display:flex;flex-wrap:wrap;gap:4px 18px;list-style:none;margin:0 0 10px;padding:0;font-size:14px}
.key{display:inline-block;width:14px;height:14px;border-radius:3px;margin-right:7px;vertical-align:-2px}
.key.line{height:3px;width:20px;vertical-align:4px}.key.dot{width:10px;height:10px;border-radius:50%;vertical-align:0}
.scroll{overflow-x:auto;margin:8px 0 16px}
table{border-collapse:collapse;font-size:14px;min-width:min(100%,440px)}
th{text-align:left;font-weight:600;color:var(--muted)}
th,td{padding:6px 28px 6px 0;border-bottom:1px solid var(--grid);vertical-align:top;white-space:nowrap}
td.p{white-space:normal;min-width:150px;overflow-wrap:anywhere}
td.n,th.n{text-align:right;white-space:nowrap}
.tag{display:inline-block;border-radius:99px;padding:0 10px;background:var(--code);font-size:13px;white-space:nowrap}
.tag.in{background:var(--good-bg);color:var(--good)}.tag.out{background:var(--bad-bg);color:var(--bad)}
details{margin:8px 0 16px}
summary{cursor:pointer;color:var(--accent);font-size:14px;padding:4px 0}
ul.plain{margin:8px 0 12px;padding-left:20px;font-size:15px}
ul.plain li{margin:4px 0;overflow-wrap:anywhere}
code{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;background:var(--code);border-radius:5px;padding:1px 5px;overflow-wrap:anywhere}
pre{background:var(--code);border-radius:8px;padding:14px 16px;overflow-x:auto;margin:8px 0 16px}
pre code{background:none;padding:0;white-space:pre;overflow-wrap:normal}
nav.contents{font-size:14px;margin:16px 0 0}
nav.contents ul{list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:4px 16px}
nav.contents a{text-decoration:none;display:inline-block;padding:3px 0}
nav.contents a:hover{text-decoration:underline}
footer{color:var(--muted);font-size:13px;border-top:1px solid var(--line);padding:20px 0 48px;margin-top:24px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
@media (max-width:560px){th,td{padding-right:16px}td.p{min-width:120px}.facts{grid-template-columns:1fr 1fr}.fact{padding:8px 12px;font-size:15px}.pool li{flex-basis:40%}}
@media (min-width:1180px){.layout{max-width:none;display:grid;grid-template:"nav head" auto "nav main" auto/200px 820px;column-gap:64px;justify-content:center}
.page-head{grid-area:head}main{grid-area:main}nav.contents{grid-area:nav;position:sticky;top:40px;align-self:start;margin:48px 0 0}nav.contents ul{display:block}}
@media print{:root{${LIGHT};--page:#fff}body{font-size:11pt}nav.contents,details:not([open]){display:none}
.layout{display:block;padding:0;max-width:none}section{break-inside:auto;padding:16px 0}h2,h3,figcaption{break-after:avoid}figure,.fact,tr,pre{break-inside:avoid}
svg.wide{display:block;width:100%}svg.narrow{display:none}.scroll,pre{overflow:visible}pre code{white-space:pre-wrap;overflow-wrap:anywhere}.key,.fact,.tag,.frame,svg{print-color-adjust:exact;-webkit-print-color-adjust:exact}}`;
