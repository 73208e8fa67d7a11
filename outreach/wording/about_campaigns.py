"""What the commands say of campaigns: of goals and money, of sales, of reports."""

from outreach.wording import campaign_terms, influence_terms, report_sentences, review_sentences, sales, week_terms

SENTENCES: dict[str, str] = (
    campaign_terms.SENTENCES
    | sales.SENTENCES
    | report_sentences.SENTENCES
    | review_sentences.SENTENCES
    | influence_terms.SENTENCES
    | week_terms.SENTENCES
)
COUNTED: dict[str, tuple[str, str]] = campaign_terms.COUNTED | influence_terms.COUNTED | week_terms.COUNTED
