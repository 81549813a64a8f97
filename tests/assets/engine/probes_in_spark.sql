-- months crossed
SELECT ((YEAR(CAST('2025-03-01' AS DATE)) * 12 + MONTH(CAST('2025-03-01' AS DATE))) - (YEAR(CAST('2025-01-31' AS DATE)) * 12 + MONTH(CAST('2025-01-31' AS DATE)))) AS x;
-- quarters crossed
SELECT ((YEAR(CAST('2025-01-01' AS DATE)) * 4 + QUARTER(CAST('2025-01-01' AS DATE))) - (YEAR(CAST('2024-12-31' AS DATE)) * 4 + QUARTER(CAST('2024-12-31' AS DATE)))) AS x;
-- years crossed
SELECT (YEAR(CAST('2025-01-01' AS DATE)) - YEAR(CAST('2024-12-31' AS DATE))) AS x;
-- percentile between two values
SELECT PERCENTILE(id, 0.5) AS x FROM accounts;
-- sums of kroner divided
SELECT CAST(SUM(kroner) AS DOUBLE) / CAST(NULLIF(SUM(CAST(3 AS DECIMAL(18, 2))), 0) AS DOUBLE) AS x FROM accounts WHERE id = 1;
-- literals divided
SELECT CAST(2.0 AS DOUBLE) / CAST(3.0 AS DOUBLE) AS x;
-- whole numbers divided
SELECT CAST(7 AS DOUBLE) / CAST(2 AS DOUBLE) AS x;
-- divided by nothing
SELECT CAST(7 AS DOUBLE) / CAST(NULLIF(0, 0) AS DOUBLE) AS x;
-- whole division
SELECT (11 + 2) DIV 3 AS x;
-- remainder
SELECT 17 % 5 AS x;
-- negative
SELECT -3 * 2 - 1 AS x;
-- power
SELECT POWER(0.25, EXP(-0.5)) AS x;
-- logarithm and back
SELECT EXP(LN(1 - CAST(1 AS DOUBLE) / CAST(NULLIF(4, 0) AS DOUBLE))) AS x;
-- square root
SELECT SQRT(2) AS x;
-- absolute
SELECT ABS(-2.5e0) AS x;
-- least skips nothing
SELECT LEAST(3, NULL, 1) AS x;
-- greatest skips nothing
SELECT GREATEST(CAST('2024-01-01' AS DATE), NULL, CAST('2024-02-29' AS DATE)) AS x;
-- first that is something
SELECT COALESCE(NULL, 'æ', 'b') AS x;
-- case falls through
SELECT CASE WHEN 1 > 2 THEN 'a' WHEN CAST(NULL AS BOOLEAN) THEN 'b' ELSE 'ø' END AS x;
-- case without else
SELECT CASE WHEN 1 = 2 THEN 1 END AS x;
-- between includes both ends
SELECT CAST('2024-02-29' AS DATE) BETWEEN CAST('2024-01-01' AS DATE) AND CAST('2024-02-29' AS DATE) AS x;
-- three-valued and
SELECT NULL AND FALSE AS x;
-- three-valued or
SELECT NULL OR TRUE AS x;
-- not of nothing
SELECT NOT CAST(NULL AS BOOLEAN) AS x;
-- different from nothing
SELECT 1 IS DISTINCT FROM NULL AS x;
-- nothing is no different
SELECT CAST(NULL AS INT) IS DISTINCT FROM NULL AS x;
-- is nothing
SELECT NULL IS NULL AND NOT 1 IS NULL AS x;
-- unequal
SELECT 'a' <> 'A' AS x;
-- at most, at least
SELECT 1 <= 1 AND 2 >= 1 AND 1 < 2 AND 2 > 1 AS x;
-- in a list
SELECT 'b' IN ('a', 'b') AND NOT 'c' IN ('a', 'b') AS x;
-- like at the end
SELECT 'R1.P' LIKE '%.P' AND 'R1.1' NOT LIKE '%.P' AS x;
-- texts joined
SELECT 'Ær' || 'ø' AS x;
-- nothing joined to text
SELECT 'Ær' || NULL AS x;
-- concat
SELECT CONCAT('æ', ' / ', 'å') AS x;
-- text order is by code point
SELECT 'Z' < 'a' AND 'a' < 'Æ' AND 'Å' < 'Æ' AND 'Æ' < 'Ø' AS x;
-- a month before the 31st
SELECT CAST(CAST('2024-03-31' AS DATE) - INTERVAL '1' MONTH AS DATE) AS x;
-- a year after 29 February
SELECT CAST(CAST('2024-02-29' AS DATE) + INTERVAL '12' MONTHS AS DATE) AS x;
-- days after
SELECT CAST(CAST('2023-12-31' AS DATE) + INTERVAL '1' DAY AS DATE) AS x;
-- days before
SELECT CAST(CAST('2024-06-29' AS DATE) - INTERVAL '180' DAYS AS DATE) AS x;
-- days between
SELECT DATEDIFF(CAST('2024-02-29' AS DATE), CAST('2023-12-31' AS DATE)) AS x;
-- days back
SELECT DATEDIFF(CAST('2023-12-31' AS DATE), CAST('2024-02-29' AS DATE)) AS x;
-- a date made
SELECT MAKE_DATE(2024, 2, LEAST(31, 29)) AS x;
-- parts of a date
SELECT YEAR(CAST('2024-02-29' AS DATE)) * 12 + MONTH(CAST('2024-02-29' AS DATE)) + DAY(CAST('2024-02-29' AS DATE)) AS x;
-- year taken out
SELECT EXTRACT(YEAR FROM CAST('2024-02-29' AS DATE)) AS x;
-- month taken out
SELECT EXTRACT(MONTH FROM CAST('2024-02-29' AS DATE)) AS x;
-- a year as text
SELECT CAST(EXTRACT(YEAR FROM CAST('2024-02-29' AS DATE)) AS STRING) AS x;
-- a date as text
SELECT CAST(CAST('2024-02-29' AS DATE) AS STRING) AS x;
-- a text as date
SELECT CAST('2024-02-29' AS DATE) AS x;
-- a number as text
SELECT CAST(CAST(7 AS BIGINT) AS STRING) AS x;
-- a whole number as double
SELECT CAST(3 AS DOUBLE) * 0.1 AS x;
-- kroner as double
SELECT CAST(CAST(1234567.89 AS DECIMAL(18, 2)) AS DOUBLE) AS x;
-- a comparison as boolean
SELECT CAST(1 = 1 AND 2 = 2 AS BOOLEAN) AS x;
-- a case as bigint
SELECT CAST(CASE WHEN TRUE THEN 1 ELSE 0 END AS BIGINT) AS x;
-- a difference as integer
SELECT CAST(DATEDIFF(CAST('2024-01-31' AS DATE), CAST('2024-01-01' AS DATE)) AS INT) AS x;
-- rows counted
SELECT COUNT(*) AS x, COUNT(day) AS y FROM accounts;
-- different ones counted
SELECT COUNT(DISTINCT place) AS x FROM accounts;
-- kroner summed
SELECT SUM(kroner) AS x FROM accounts;
-- a sum of nothing
SELECT SUM(id) AS x FROM accounts WHERE id > 9;
-- a count of nothing
SELECT COUNT(*) AS x FROM accounts WHERE id > 9;
-- groups of no rows
SELECT place AS x FROM accounts WHERE id > 9 GROUP BY place;
-- nothing is a group of its own
SELECT place AS x, COUNT(*) AS y, MIN(day) AS d, MAX(day) AS e FROM accounts GROUP BY place ORDER BY y DESC, x NULLS LAST;
-- filtered aggregates
SELECT COUNT(*) FILTER(WHERE id > 2) AS a, COUNT(DISTINCT place) FILTER(WHERE id < 3) AS b, MAX(day) FILTER(WHERE id = 9) AS c, SUM(id) FILTER(WHERE id <> 1) AS d, MIN(id) FILTER(WHERE id > 1) AS e FROM accounts;
-- grouped and then chosen
SELECT place AS x FROM accounts GROUP BY place HAVING COUNT(*) > 1;
-- nothing sorts last
SELECT id AS x FROM accounts ORDER BY day NULLS LAST, id NULLS LAST;
-- nothing sorts last downwards
SELECT id AS x FROM accounts ORDER BY share DESC;
-- row numbers
SELECT id AS x, ROW_NUMBER() OVER (PARTITION BY place ORDER BY day DESC, id NULLS LAST) AS y FROM accounts ORDER BY id NULLS LAST;
-- the next row
SELECT id AS x, LEAD(id) OVER (ORDER BY id NULLS LAST) AS y FROM accounts ORDER BY id NULLS LAST;
-- running sums
SELECT id AS x, SUM(id) OVER (ORDER BY id NULLS LAST rows BETWEEN UNBOUNDED preceding AND CURRENT ROW) AS y, MAX(id) OVER (ORDER BY id NULLS LAST rows BETWEEN UNBOUNDED preceding AND 1 preceding) AS z FROM accounts ORDER BY id NULLS LAST;
-- a named window
SELECT id AS x, SUM(id) OVER w AS y FROM accounts WINDOW w AS (PARTITION BY place ORDER BY id NULLS LAST rows BETWEEN UNBOUNDED preceding AND CURRENT ROW) ORDER BY id NULLS LAST;
-- sums of a partition
SELECT id AS x, SUM(id) OVER (PARTITION BY place) AS y, MIN(id) OVER (PARTITION BY place) AS z FROM accounts ORDER BY id NULLS LAST;
-- different rows
SELECT DISTINCT place AS x FROM accounts WHERE id < 4 ORDER BY x NULLS LAST;
-- inner join leaves nothing out but nothing
SELECT a.id AS x, b.id AS y FROM accounts AS a INNER JOIN accounts AS b ON a.place = b.place AND a.id < b.id;
-- left join keeps what has no match
SELECT a.id AS x, b.id AS y FROM accounts AS a LEFT JOIN accounts AS b ON a.place = b.place AND b.id = 2 ORDER BY x NULLS LAST;
-- cross join
SELECT COUNT(*) AS x FROM accounts AS a CROSS JOIN accounts AS b;
-- joined rows of one table, all columns
SELECT t.* FROM (SELECT id, place FROM accounts) AS t WHERE t.id = 1;
-- all rows of both
SELECT 1 AS x UNION ALL SELECT 1 AS x UNION ALL SELECT CAST(NULL AS INT) AS x ORDER BY x NULLS LAST;
-- every row once
SELECT 1 AS x UNION SELECT 1 AS x;
-- yes and no
SELECT TRUE AS x, FALSE AS y;
