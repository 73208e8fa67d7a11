"""The colours and type of pages of HTML and of paper; nothing is loaded from elsewhere."""

#: Colours on white paper, by name.
INK = {
    "ink": "#14211F", "ink2": "#46534F", "ink3": "#596763", "line": "#D5DCD9", "good": "#22703F", "band": "#C9E2D2",
    "quiet": "#555C80", "sheet": "#FFFFFF",
}  # fmt: skip

#: The colours of curves, which differ in lightness too, in the order in which they are taken.
CURVES = ("#1B6174", "#46618C", "#8A5A00", "#7A4A88", "#B4532A", "#4C7A34")

STYLE = """
:root{--desk:#E9EDEC;--sheet:#fff;--ink:#14211F;--ink2:#46534F;--ink3:#596763;--line:#E1E6E4;--good:#22703F;
--band:#C9E2D2;--quiet:#555C80}
@media(prefers-color-scheme:dark){:root{--desk:#0E1415;--sheet:#161D1E;--ink:#E9EFED;--ink2:#B7C2BF;--ink3:#93A09D;
--line:#273132;--good:#74CB93;--band:#1F4A2E;--quiet:#AEB4DA}}
body{margin:0;background:var(--desk);color:var(--ink);font:13px/20px "Outreach Sans",Inter,system-ui,sans-serif}
main{max-width:1040px;margin:24px auto;background:var(--sheet);border:1px solid var(--line);border-radius:10px;
padding:24px 28px 32px}
h1,h2,.stat,em,.lead{font-family:"Outreach Serif","Source Serif 4",Georgia,serif}
h1{font-size:22px;line-height:30px;font-weight:600;margin:0}
.scope{color:var(--ink3);margin:0 0 12px}.lead{font-size:17px;line-height:24px;font-weight:600;margin:0 0 20px}
h2{font-size:15px;line-height:22px;font-weight:600;margin:28px 0 6px}
.four{display:grid;grid-template-columns:repeat(auto-fit,minmax(180px,1fr));gap:0 24px;border:solid var(--line);
border-width:1px 0;padding:12px 0}
.four p{margin:0;color:var(--ink3)}.stat{font-size:34px;line-height:42px;font-weight:500;color:var(--ink)}
table{border-collapse:collapse;width:100%;table-layout:fixed}th:first-child{width:36%}
th,td{text-align:start;padding:6px 12px 6px 0;border-bottom:1px solid var(--line);
vertical-align:top}th{color:var(--ink3);font-size:12px;font-weight:500}td.n,th.n{text-align:end;
font-variant-numeric:tabular-nums}.good{color:var(--good)}.quiet{color:var(--quiet)}
.chart{display:block;width:100%;max-width:760px;height:auto;margin:4px 0;
font:12px/16px "Outreach Sans",Inter,system-ui,sans-serif}
.chart text{fill:var(--ink)}.chart .soft{fill:var(--ink3)}.chart .grid{stroke:var(--line)}.chart .band{fill:var(--band)}
.chart .dot{fill:var(--good);stroke:var(--sheet);stroke-width:2}
@media(prefers-color-scheme:dark){.chart .curve{filter:brightness(1.7)}}
.beside{color:var(--ink3);font:13px/20px Inter,system-ui,sans-serif;margin-left:8px;
font-weight:400}
details{margin:4px 0 0}summary{color:var(--ink3);cursor:pointer}
figure{display:inline-block;margin:8px 20px 8px 0;vertical-align:top}
figure img{display:block;max-width:220px;max-height:340px;border:1px solid var(--line)}
figcaption{color:var(--ink3);max-width:220px}
@media print{body{background:var(--sheet)}main{border:0;margin:0;padding:0}h2{break-after:avoid}tr,figure,.chart{
break-inside:avoid}}
ul{margin:4px 0;padding-left:18px;color:var(--ink2)}footer{color:var(--ink3);margin-top:28px}
""".strip()
