"""Calendar files: sessions and events as iCalendar for anybody's calendar, and authors' free time read from theirs."""
