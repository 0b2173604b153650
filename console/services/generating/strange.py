"""Texts that try to be more than text: a desk gets them, so a made-up one has a few."""

from __future__ import annotations

STRANGE_SUBJECTS = (
    "<b>URGENT</b> <script>alert('mail')</script> <img src=x onerror=alert(1)> panel is down",
    "لا يمكن الدخول إلى لوحة التحكم منذ الصباح",
    "אי אפשר לשלוח דואר מ־{domain} (שגיאה 550)",
    "請求書が送信されません — {domain}",
    "🔥🔥 server {host} down 🔥 customers are calling 📞",
    '=HYPERLINK("http://{domain}/"; "invoice") is what our export shows',
    "\u202egnp.eciovni\u202c cannot be opened",
    "Fwd: Re: Re: Fwd: AW: SV: Re: [ext] [bulk] everything that we have asked since last week about {domain}, a 2nd "
    "node, the addresses which were promised on Tuesday, the invoice of the month before and, please read to the end, "
    "the certificate of the shop, because each of them was answered in another mail and none of them is solved; our "
    "management asks for one summary with a date for each of the points, today if it can be done, before the call at "
    "sixteen hours, and for a contact who may decide about all of them together",
    "'; DROP TABLE tickets; --",
    "Ошибка 500 после обновления до {version} & <панель>",
)
STRANGE_BODIES = (
    '<html><body onload="alert(1)"><h1>It is down</h1>\n\n&lt;see attached&gt; %s %d {0} \\n </body></html>',
    "مرحبا،\n\nلا نستطيع الوصول إلى الخادم {host}. الرجاء المساعدة.\n\nشكرا",
    "お世話になっております。\n\n{domain} のメールが届きません。ログを添付します。\n\nよろしくお願いいたします。",
    "see below 👇👇👇\n\n" + "\t| col | col |\n" * 6 + "\nZ̴a̷l̶g̵o̷ text from our terminal: \u0007\u001b[31mred\u001b[0m",
)
