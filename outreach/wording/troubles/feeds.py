"""Feeds: what is in the way of asking for one, of reading it, and of finding one."""

SENTENCES = {
    "feeds.bad_address": "“{value}” is no web address. Write it as the browser shows it, such as "
    "https://books.example/feed.",
    "feeds.twice": "{address} is followed already, as {feed}.",
    "feeds.none_found": "No feed was found at {address}. Look for “RSS” or “Feed” on the page, and name that address.",
    "feeds.no_sites": "{person} has no site or profile that is known to have a feed. Add their account, or name an "
    "address.",
    "feeds.private_address": "{host} is a computer of your own network, not of the web, so it was not asked. If that is "
    "what you want, allow it for this feed.",
    "feeds.private_address@window": "{host} is a computer of your own network, not of the web, so it was not asked. If "
    "that is what you want, choose Allow own network.",
    "feeds.no_host": "There is no {host}, or you are offline. Look at the address and your connection.",
    "feeds.no_answer": "{host} did not answer: {why}. It is asked again in the next round.",
    "feeds.bad_certificate": "{host} does not prove that it is that site: {why}. Nothing was read.",
    "feeds.too_slow": "It took more than {seconds} seconds and was ended. It is asked again in the next round.",
    "feeds.too_large": "It is larger than {megabytes} MB, so it was not read.",
    "feeds.too_many_redirects": "It leads from address to address, more than {most} times. Look at it in a browser.",
    "feeds.bad_redirect": "{host} leads to “{value}”, which is no web address, so nothing was read.",
    "feeds.broken": "What {host} sent broke off or is damaged ({why}). It is asked again in the next round.",
    "feeds.refused": "{host} does not hand it out (HTTP {status}). Look at it in a browser.",
    "feeds.gone": "{host} says that it is gone for good, so it is not asked any more.",
    "feeds.later": "{host} asks to be left alone until {until_day}. It is asked again then.",
    "feeds.robots": "{host} does not want programs to read it (robots.txt), so it was not read.",
    "feeds.no_feed": "There is no feed at this address, but something else. Look at it in a browser.",
    "feeds.unreadable": "It could not be read ({why}).",
    "feeds.too_heavy": "Reading it took too much time or memory ({why}), so it was left alone.",
}
