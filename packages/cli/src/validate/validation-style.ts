/** The style sheet of the validation page: light and dark, from the width of a telephone up. */
export const validationStyle = `
:root{color-scheme:light dark;--page:#fff;--text:#1d232b;--soft:#5a6472;--line:#d8dde4;--panel:#f5f7f9;--ours:#1659b5;
--theirs:#ccd4de;--second:#b3480f;--third:#5d7a1f;--good:#17703c;--bad:#b3261e;--good-back:#e3f4e9;--bad-back:#fce8e6}
@media(prefers-color-scheme:dark){:root{--page:#0d1117;--text:#e6eaf0;--soft:#98a3b3;--line:#2b3340;--panel:#151b24;
--ours:#6cb0ff;--theirs:#38434f;--second:#ffa56b;--third:#b5d56a;--good:#6fd896;--bad:#ff8f85;--good-back:#12301f;
--bad-back:#3a1715}}
*{box-sizing:border-box}
html{scroll-behavior:smooth}
@media(prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0 auto;padding:16px;max-width:1240px;background:var(--page);color:var(--text);
font:16px/1.5 system-ui,sans-serif}
h1{font-size:1.7rem;line-height:1.2;margin:.4em 0}
h2{font-size:1.4rem;line-height:1.25;margin:2.2em 0 .3em;padding-top:.8em;border-top:1px solid var(--line)}
h2,h3,figcaption strong{overflow-wrap:anywhere}
h3{font-size:1.05rem;line-height:1.35;margin:0 0 .25em}
p{max-width:76ch;overflow-wrap:anywhere}
code{font-size:.9em;background:var(--panel);padding:.1em .3em;border-radius:3px;overflow-wrap:anywhere}
a{color:var(--ours)}
a:focus-visible,.scroll:focus-visible,summary:focus-visible{outline:3px solid var(--ours);outline-offset:2px}
.skip{position:absolute;left:-999px}
.skip:focus{left:8px;top:8px;background:var(--page);padding:.3em .6em}
.verdict{font-size:1.15rem;font-weight:600}
.badge{display:inline-block;font-size:.82rem;font-weight:600;border-radius:4px;padding:0 .5em;white-space:nowrap;
vertical-align:.1em;color:var(--soft);background:var(--panel)}
.badge.good{color:var(--good);background:var(--good-back)}
.badge.bad{color:var(--bad);background:var(--bad-back)}
.scroll{overflow-x:auto;position:relative}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.93rem}
th,td{padding:.28em .8em .28em 0;text-align:right;border-bottom:1px solid var(--line);white-space:nowrap}
th{font-weight:400}
td.words{text-align:left;white-space:normal;min-width:14em}
thead th{color:var(--soft);font-size:.85rem;vertical-align:bottom}
th:first-child{text-align:left;white-space:normal;min-width:8.5em}
nav th:first-child{min-width:14em}
#faults th,#trend th{min-width:0;text-align:left}
td .error,th .error{display:inline-block;min-width:4.6em;text-align:left;color:var(--soft);font-size:.85em}
tr.bad td,tr.bad th{color:var(--bad);font-weight:600}
.bar{display:block;position:relative;width:90px;height:10px;background:
linear-gradient(var(--soft),var(--soft)) 50%/1px 100% no-repeat var(--panel)}
.bar span{position:absolute;top:2px;height:6px;background:var(--ours)}
tr.bad .bar span{background:var(--bad)}
.cases{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,560px),1fr));gap:34px 36px;margin-top:1.2em;
align-items:start}
.case{min-width:0}
.case.wide{grid-column:1/-1}
.source,.note{color:var(--soft);font-size:.9rem;margin:.1em 0 .7em}
.note{margin:.8em 0 0}
.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,255px),1fr));gap:18px 22px;margin:.8em 0}
figure{margin:0;min-width:0;max-width:380px}
figure.bad{outline:2px solid var(--bad);outline-offset:6px}
figcaption{display:flex;flex-wrap:wrap;gap:0 1em;align-items:baseline;font-size:.88rem;font-variant-numeric:tabular-nums}
figcaption strong{font-weight:600}
figcaption span{color:var(--soft);white-space:nowrap}
figure.bad figcaption span{color:var(--bad)}
.legend::before{content:'';display:inline-block;width:14px;height:2px;margin-right:.4em;vertical-align:.25em;
background:var(--ours)}
.legend.c1::before{background:var(--second)}
.legend.c2::before{background:var(--third)}
svg{display:block;width:100%;height:auto;overflow:visible}
svg text{font:12.5px system-ui,sans-serif;fill:var(--soft)}
.theirs{fill:var(--theirs)}
.ours,.mark{fill:none;stroke:var(--ours);stroke-width:1.4}
.curve{fill:none;stroke:var(--ours);stroke-width:1.2;opacity:.75}
.dot{fill:var(--ours)}
.curve.c1,.mark.c1{stroke:var(--second)}
.curve.c2,.mark.c2{stroke:var(--third)}
.dot.c1{fill:var(--second)}
.dot.c2{fill:var(--third)}
.tick{fill:none;stroke:var(--soft);stroke-width:.8}
.grid{fill:none;stroke:var(--line);stroke-width:.8}
.panel{fill:var(--panel)}
.key{color:var(--soft);font-size:.9rem}
.key-ours,.key-theirs{display:inline-block;width:18px;height:10px;margin:0 .2em 0 .8em}
.key-ours{background:linear-gradient(var(--ours),var(--ours)) 0 50%/100% 2px no-repeat;margin-left:0}
.key-theirs{background:var(--theirs)}
@media(max-width:480px){.bar{display:none}td .error,th .error{display:block;min-width:0;text-align:right}}
details{margin:1em 0}
.partings{padding-left:1.6em;font-size:.88rem}
.partings li{margin:.5em 0;overflow-wrap:anywhere}
.partings .no{color:var(--bad)}
summary{cursor:pointer;font-weight:600}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
`;
