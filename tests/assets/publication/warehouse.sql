-- The tables of a warehouse that a publication reads, without those of the records.
create table raw.delivery (
    sequence bigint, organisation_id varchar, path varchar, sha256 varchar, bytes bigint,
    received_at timestamp, received_date date, state varchar, superseded_at timestamp, superseded_by bigint,
    encoding varchar, rows_read bigint, rows_accepted bigint, rows_rejected bigint, rows_skipped bigint
);
create table raw.sheet (
    delivery_sequence bigint, sheet varchar, sheet_position integer, kind varchar, heading_row integer,
    headings json, columns json, hidden boolean, rows_read bigint
);
create table raw.source_row (
    delivery_sequence bigint, organisation_id varchar, sheet varchar, kind varchar,
    row_number integer, cells json
);
create table accepted.finding (
    organisation_id varchar, delivery_sequence bigint, path varchar, sheet varchar, row_number integer,
    kind varchar, heading varchar, cell varchar, value varchar, rule varchar, severity varchar,
    message_da varchar, message_en varchar, record_key varchar, waived boolean, waived_until date,
    waiver_owner varchar, waiver_reason varchar
);
create table settings.organisations (
    organisation_id varchar, name varchar, not_before date, med_discussed_on date, controller varchar,
    contact varchar, protection_officer varchar, purpose varchar, legal_basis varchar, storage varchar,
    objection varchar
);
create table calendar.as_of (organisation_id varchar, as_of date);
create table definitions.responsibility (
    responsibility_id varchar, accountability varchar, name_da varchar, name_en varchar,
    purpose_da varchar, purpose_en varchar
);
create table definitions.indicator (
    indicator_id varchar, responsibility_id varchar, name_da varchar, name_en varchar, purpose_da varchar,
    purpose_en varchar, formula_da varchar, formula_en varchar, unit varchar, direction varchar,
    definition_version integer, counter_indicator_da varchar, counter_indicator_en varchar,
    limits_da varchar, limits_en varchar, source_kinds varchar, owner varchar, valid_from date,
    approved_by varchar
);
create table definitions.indicator_version (
    indicator_id varchar, definition_version integer, valid_from date, approved_by varchar,
    change_da varchar, change_en varchar, fingerprint varchar
);
create table definitions.target (
    indicator_id varchar, organisation_id varchar, network_type varchar, valid_from date, target double,
    partly_target double, window_months integer, minimum_count integer, direction varchar, reason varchar,
    owner varchar
);
create table results.indicator_result (
    organisation_id varchar, network_id varchar, period varchar, indicator_id varchar, dimension varchar,
    responsibility_id varchar, reference_leader_id varchar, period_start date, period_end date,
    provisional boolean, phase varchar, numerator double, denominator double, value double, lower double,
    upper double, n bigint, target double, partly_target double, status varchar, reason varchar,
    certain boolean, disputed boolean, value_if_upheld double, status_if_upheld varchar,
    definition_version integer
);
create table results.responsibility_result (
    organisation_id varchar, network_id varchar, period varchar, responsibility_id varchar,
    reference_leader_id varchar, accountability varchar, status varchar, perceived_status varchar,
    perception_gap integer, disputed boolean, status_if_upheld varchar, fulfilled integer, partly integer,
    not_fulfilled integer
);
create table results.responsibility_summary (
    organisation_id varchar, period varchar, responsibility_id varchar, network_type varchar,
    "window" varchar, networks bigint, fulfilled bigint, partly bigint, not_fulfilled bigint,
    not_assessable bigint, not_applicable bigint, suppressed boolean
);
create table results.organisation_result (
    organisation_id varchar, period varchar, measure_id varchar, dimension varchar, numerator double,
    denominator double, value double, lower double, upper double, n bigint, suppressed boolean
);
create table results.evidence (
    organisation_id varchar, network_id varchar, period varchar, indicator_id varchar, dimension varchar,
    record_kind varchar, record_key varchar, part varchar
);
create table audit.quality_result (
    run_id varchar, layer varchar, table_name varchar, check_name varchar, expectation varchar,
    column_name varchar, outcome varchar, blocking boolean, rows_checked bigint, violations bigint
);
create table results.hearing (
    organisation_id varchar, network_id varchar, period varchar, indicator_id varchar,
    reference_leader_id varchar, state varchar, heard_on date, final_on date, remarks varchar
);
create table results.completeness (
    organisation_id varchar, network_id varchar, period varchar, kind varchar, delivered varchar,
    delivered_date date, days_after_quarter integer, delivery_days integer, rows_held bigint,
    findings bigint, findings_mended bigint, findings_waived bigint, findings_overdue bigint,
    mending_days integer
);
create table results.todo (
    organisation_id varchar, network_id varchar, task varchar, record_kind varchar, record_key varchar,
    since_date date, days_waited integer
);
