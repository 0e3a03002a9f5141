-- What branches of employers owe, as the institute counted it. Read by primary key only; written by `clavero import
-- obligations` and `clavero demo`.
CREATE TABLE obligations (
    employer TEXT NOT NULL,
    branch TEXT NOT NULL,
    -- up_to_date, late, agreement.
    standing TEXT NOT NULL,
    -- Cents of US dollars, with interest; empty where the institute does not say.
    debt BIGINT,
    -- YYYY-MM: the oldest month that is not paid.
    unpaid_since TEXT,
    -- Day of the count. A row of an older day never replaces a newer one.
    counted_on TEXT,
    PRIMARY KEY (employer, branch)
) WITHOUT ROWID;
