namespace DigitalTwin.Scenarios.Reports;

/// <summary>The page's style sheet. Colours of the arms are those of Okabe and Ito, told apart without colour vision; lines also differ
/// by dashes. Source: [OkabeIto2008].</summary>
internal static class ReportStyle
{
    public const string Css = """
        :root{color-scheme:light dark;--page:#fff;--card:#f6f8fa;--ink:#17212b;--muted:#566573;--line:#d5dce3;--grid:#e6ebf0;
        --accent:#0b5c8a;--treated:#0072b2;--control:#d55e00;--twin:#008a62;--reveal:#17212b;--warn:#8a5a00;--warnbg:#fff6e0;--faint:#98a4b0;
        --benefit:#0072b2;--harm:#d55e00;--unclear:#9aa5b1}
        @media (prefers-color-scheme:dark){:root{--page:#11171d;--card:#1a232c;--ink:#e6edf3;--muted:#a3b1be;--line:#33414e;--grid:#26323d;
        --accent:#6cc0f0;--treated:#56b4e9;--control:#f0853a;--twin:#2fc79a;--reveal:#e6edf3;--warn:#ffce73;--warnbg:#33290f;--faint:#6c7a88;
        --benefit:#56b4e9;--harm:#f0853a;--unclear:#71808f}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--page);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
        main{max-width:920px;margin:0 auto;padding:36px 28px 64px}
        header .kicker{color:var(--accent);font-weight:600;letter-spacing:.02em;margin:0}
        h1{font-size:30px;line-height:1.2;margin:6px 0 10px}
        header .meta{color:var(--muted);margin:0 0 26px}
        h2{font-size:21px;margin:0 0 12px;padding-top:10px;border-top:2px solid var(--ink)}
        h3{font-size:16.5px;margin:24px 0 8px}
        section{margin:44px 0 0}
        p{margin:0 0 12px;max-width:76ch}
        a{color:var(--accent)}
        ul{margin:0 0 12px;padding-left:20px;max-width:80ch}li{margin:4px 0}
        .answer{background:var(--card);border:1px solid var(--line);border-left:5px solid var(--accent);border-radius:6px;padding:22px 26px;margin:0}
        .answer h2{border:0;padding:0;margin:0 0 8px;font-size:15px;color:var(--accent);font-weight:600}
        .answer .headline{font-size:21px;line-height:1.38;font-weight:600;max-width:none;margin:0 0 16px}
        .answer .figure{display:flex;flex-wrap:wrap;align-items:baseline;gap:6px 18px;margin:0 0 12px}
        .answer .value{font-size:44px;line-height:1;font-weight:700;font-variant-numeric:tabular-nums}
        .answer .interval{font-size:17px;color:var(--muted)}
        .answer h3{margin:18px 0 6px}
        .facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:1px;background:var(--page);border:1px solid var(--line);border-radius:6px;overflow:hidden;margin:20px 0 0}
        .facts div{box-shadow:0 0 0 1px var(--line);padding:12px 14px}
        .facts dt{color:var(--muted);font-size:13px;line-height:1.3}.facts dd{margin:3px 0 0;font-size:19px;font-weight:600;font-variant-numeric:tabular-nums}
        .warnings{background:var(--warnbg);border:1px solid var(--warn);border-radius:6px;padding:16px 22px;margin:20px 0 0}
        .warnings h2{border:0;padding:0;margin:0 0 6px;font-size:17px;color:var(--warn)}
        .warnings ul{margin:0}
        nav{margin:24px 0 0;font-size:14.5px;color:var(--muted)}nav a{margin-right:14px;white-space:nowrap;display:inline-block}
        figure{margin:18px 0 22px;break-inside:avoid}
        .pictures{display:flex;flex-wrap:wrap;gap:18px 20px;align-items:flex-start}
        .plot{display:block;width:100%;height:auto;flex:1 1 360px;overflow:visible}
        figcaption{font-size:14px;color:var(--muted);margin-top:10px;max-width:84ch}
        figcaption b,caption b{color:var(--ink)}
        .table{overflow-x:auto;margin:16px 0 22px}
        table{border-collapse:collapse;width:100%;font-size:14px;line-height:1.4;font-variant-numeric:tabular-nums}
        caption{text-align:left;color:var(--muted);padding:0 0 8px}
        th{font-weight:600;text-align:left;border-bottom:1.5px solid var(--ink);padding:6px 12px 6px 0;vertical-align:bottom}
        td{border-bottom:1px solid var(--grid);padding:6px 12px 6px 0;vertical-align:top}
        th.n,td.n{text-align:right;padding:6px 0 6px 12px}td.n{white-space:nowrap}
        tr.strong td{font-weight:600}.n+th:not(.n),.n+td:not(.n){padding-left:20px}
        dl.terms{margin:0 0 16px}dl.terms div{display:grid;grid-template-columns:190px 1fr;gap:16px;border-bottom:1px solid var(--grid);padding:7px 0}
        dl.terms dt{color:var(--muted)}dl.terms dd{margin:0;overflow-wrap:anywhere}
        details{border:1px solid var(--line);border-radius:6px;padding:10px 16px;margin:12px 0}
        summary{cursor:pointer;font-weight:600}details[open] summary{margin-bottom:10px}
        code,.hash{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
        .verdict{font-size:18px;font-weight:600;max-width:none}
        footer{margin-top:52px;border-top:1px solid var(--line);padding-top:14px;color:var(--muted);font-size:13.5px}
        svg text{font-size:12.5px;fill:var(--ink);font-family:inherit;font-variant-numeric:tabular-nums}
        svg .tm{fill:var(--muted)}svg .ts{fill:var(--muted);font-size:11.5px}svg .tb{font-weight:600}
        svg .grid{stroke:var(--grid)}svg .axis{stroke:var(--muted);fill:none}svg .rule{stroke:var(--line)}
        svg .arrow{fill:var(--muted)}
        svg .noeffect{stroke:var(--muted);stroke-width:1.2}
        svg .truth{stroke:var(--reveal);stroke-width:1.6;stroke-dasharray:5 4}
        svg .diagonal{stroke:var(--muted);stroke-dasharray:4 4}
        svg .curve{fill:none;stroke-width:2.3;stroke-linejoin:round}
        svg .band{fill-opacity:.13}svg .bar{fill-opacity:.9}svg .pale{fill-opacity:.32}
        svg .whisker{stroke-width:2;fill:none}svg .hair{stroke-width:1;stroke-opacity:.45}svg .join{stroke:var(--faint);stroke-width:1.4}
        svg .key{stroke-width:4}
        svg .s-treated{stroke:var(--treated)}svg .f-treated{fill:var(--treated)}
        svg .s-control{stroke:var(--control);stroke-dasharray:none}svg .f-control{fill:var(--control)}
        svg .s-twin{stroke:var(--twin)}svg .curve.s-twin{stroke-dasharray:9 4}svg .f-twin{fill:var(--twin)}
        svg .s-reveal{stroke:var(--reveal)}svg .curve.s-reveal{stroke-dasharray:3 3}svg .f-reveal{fill:var(--reveal)}
        svg .s-faint{stroke:var(--faint)}svg .curve.s-faint{stroke-width:1.6}svg .f-faint{fill:var(--faint)}
        svg .s-primary{stroke:var(--accent)}svg .f-primary{fill:var(--accent)}
        svg .s-other{stroke:var(--muted)}svg .f-other{fill:var(--muted)}
        svg .s-benefit{stroke:var(--benefit)}svg .f-benefit{fill:var(--benefit)}
        svg .s-harm{stroke:var(--harm)}svg .f-harm{fill:var(--harm)}
        svg .s-unclear{stroke:var(--unclear)}svg .f-unclear{fill:var(--unclear)}
        svg .dot-before{fill:var(--page);stroke:var(--control);stroke-width:2}
        svg .box{fill:var(--card)}svg .box:not(.final){stroke:var(--line)}svg .side{fill:var(--page)}svg .final{stroke-width:2}
        @media (max-width:560px){main{padding:20px 16px}.answer{padding:16px}.answer .headline{font-size:18px}dl.terms div{grid-template-columns:1fr;gap:0}
        figure .pictures{overflow-x:auto;flex-wrap:nowrap}.plot{min-width:560px}}
        @page{size:A4;margin:16mm 15mm}
        @media print{:root{color-scheme:light;--page:#fff;--card:#f6f8fa;--ink:#17212b;--muted:#566573;--line:#d5dce3;--grid:#e6ebf0;--accent:#0b5c8a;
        --treated:#0072b2;--control:#d55e00;--twin:#008a62;--reveal:#17212b;--warn:#8a5a00;--warnbg:#fff6e0;--faint:#98a4b0;--benefit:#0072b2;--harm:#d55e00;--unclear:#9aa5b1}
        body{font-size:10.5pt;print-color-adjust:exact;-webkit-print-color-adjust:exact}main{padding:0;max-width:none}section{margin-top:26px}nav{display:none}
        h2,h3,caption{break-after:avoid}tr,.answer,.warnings,figure{break-inside:avoid}details{border:0;padding:0}table{font-size:8.2pt}.table{overflow:visible}
        details::details-content{content-visibility:visible;height:auto}details summary{list-style:none}}
        """;
}
