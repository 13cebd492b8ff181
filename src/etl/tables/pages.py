"""articles, lines and related_links: the page itself."""

from __future__ import annotations

from etl.tables import codes, rules
from etl.tables.declare import Column, ForeignKey, Table, Type

ARTICLES = Table(
    name="articles",
    description="One row per article page: where it came from, what it is and what its own text says.",
    key=("article_id",),
    order=("article_id",),
    group_rows=4_096,
    file_groups=128,
    columns=(
        Column("article_id", Type.ID, "First 16 hex characters of the SHA-256 of the document key"),
        Column("source_path", Type.TEXT, "Raw file, relative to the source root; records of a container as file#n"),
        Column(
            "content_sha256",
            Type.TEXT,
            "SHA-256 of the raw bytes (of the record's text in a container)",
            pattern=r"[0-9a-f]{64}",
        ),
        Column("site", Type.CODE, "Name of the site profile, else the host of the page's address, else unknown"),
        Column("layout", Type.CODE, "Layout of the site the page was read as"),
        Column("url", Type.TEXT, "Address of the page, from the record or the page's metadata", null=True),
        Column("section", Type.TEXT, "Section or breadcrumb the page names", null=True),
        Column("title", Type.TEXT, "Title, verbatim; null when the page has none", null=True),
        Column("language", Type.CODE, "Script of the article's own text", codes=("zh-Hans", "zh-Hant")),
        Column("published_local", Type.LOCAL_TIME, "Publication time as printed, in the site's zone", null=True),
        Column("published_at", Type.INSTANT, "Publication instant in UTC; null when only the day is known", null=True),
        Column("published_date", Type.DATE, "Day of publication in the site's zone", null=True),
        Column("published_precision", Type.CODE, "How exactly it is known", codes=("minute", "day", "none")),
        Column("published_basis", Type.CODE, "Where it was read", codes=("dateline", "metadata", "text", "none")),
        Column("published_earliest", Type.DATE, "Not published before this day, by the article's own text", null=True),
        Column("published_latest", Type.DATE, "Not published after this day, by the article's own text", null=True),
        Column("byline", Type.TEXT, "Author, editor or source line", null=True),
        Column("lead", Type.TEXT, "Lead paragraph", null=True),
        Column("body_text", Type.TEXT, "Lead, headings and body lines joined by line feeds; repeats left out"),
        Column("captions", Type.TEXTS, "Image captions, repeats left out"),
        Column("keywords", Type.TEXTS, "Ten words with the highest TF-IDF"),
        Column("n_tokens", Type.SMALL, "Words in title and body text", low=0),
        Column("n_lines", Type.SMALL, "Non-empty lines of the page", low=1),
        Column("n_own_lines", Type.SMALL, "Lines that are the article's own", low=1),
        Column("boilerplate_share", Type.REAL, "Share of the page's characters that is not its own", low=0.0, high=1.0),
        Column("n_money", Type.SMALL, "Rows in money_mentions", low=0),
        Column("n_dates", Type.SMALL, "Rows in date_mentions", low=0),
        Column("n_aid", Type.SMALL, "Rows in aid_projects", low=0),
        Column("n_events", Type.SMALL, "Rows in events", low=0),
        Column("duplicate_of", Type.ID, "article_id of the copy that counts; null when this one counts", null=True),
        Column("flags", Type.TEXTS, "What to know about the row; see the list of flags"),
    ),
    rules=(
        rules.PRECISION_SAYS_SO,
        rules.BOUNDS_ONLY_WHEN_UNKNOWN,
        rules.ordered("validate.published_bounds_order", "published_earliest", "published_latest"),
    ),
    warnings=("Copies of one article stay in the table: count rows where duplicate_of is null.",),
)

LINES = Table(
    name="lines",
    description="Every non-empty line of the raw text with the role it has on the page and the rule that said so.",
    key=("article_id", "line_no"),
    order=("article_id", "line_no"),
    columns=(
        Column("article_id", Type.ID, "The page"),
        Column("line_no", Type.SMALL, "1-based number of the line in the decoded text, empty lines counted", low=1),
        Column("role", Type.CODE, "What the line is on its page", codes=codes.ROLES),
        Column("is_own", Type.BOOL, "The line is the article's own: title, lead, heading, body or caption"),
        Column("rule", Type.CODE, "Rule that decided the role"),
        Column(
            "repeat_of", Type.SMALL, "line_no of the first print when the line says the same again", null=True, low=1
        ),
        Column("text", Type.TEXT, "The decoded line; char_start and char_end everywhere count its code points"),
    ),
    foreign_keys=(ForeignKey(("article_id",), "articles", ("article_id",)),),
)

RELATED_LINKS = Table(
    name="related_links",
    description="Titles of other articles that the page shows. Their dates and amounts are counted and withheld.",
    key=("article_id", "line_no", "seq"),
    order=("article_id", "line_no", "seq"),
    columns=(
        Column("article_id", Type.ID, "The page that shows the link"),
        Column("line_no", Type.SMALL, "Line on which it stands", low=1),
        Column("seq", Type.SMALL, "Number of the link on its line", low=0),
        Column("kind", Type.CODE, "Where it stands", codes=("inline", "promo", "related")),
        Column("linked_title", Type.TEXT, "Title of the other article as printed"),
        Column("teaser", Type.TEXT, "Teaser printed under it", null=True),
        Column("linked_article_id", Type.ID, "The other article when it is in the dataset", null=True),
        Column("n_dates_withheld", Type.SMALL, "Dates in title and teaser", low=0),
        Column("n_money_withheld", Type.SMALL, "Amounts in title and teaser", low=0),
    ),
    foreign_keys=(ForeignKey(("article_id", "line_no"), "lines", ("article_id", "line_no")),),
)
