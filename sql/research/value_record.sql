-- Hver værdiregistrering efter type, uden leder, ordlyd eller beløb; netværket går ikke med i filen.
-- / Every record of value by its type, without leader, wording or amount; the network does not go into the file.
-- Grain:   one row per organisation_id and value record.
-- Window:  everything accepted.
-- Defined: docs/people.md#forskerens-fil
select
    value_records.organisation_id,
    networks.network_type,
    value_records.network_id,
    value_records.value_id,
    value_records.value_type,
    value_records.cycle,
    value_records.baseline is not null and value_records.measured is not null as followed_up,
    case
        when
            value_records.baseline is not null
            and value_records.target is not null
            and value_records.measured is not null
            then case
                when value_records.target >= value_records.baseline
                    then value_records.measured >= value_records.target
                else value_records.measured <= value_records.target
            end
    end as reached
from source.main.value_records
inner join source.main.networks
    on value_records.organisation_id = networks.organisation_id
    and value_records.network_id = networks.network_id
