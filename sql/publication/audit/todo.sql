-- The secretariat's to-do list, with what each task asks for. Ids of networks and records only.
-- Grain: organisation_id, network_id, task, record_kind, record_key.
select
    organisation_id,
    network_id,
    task,
    record_kind,
    record_key,
    since_date,
    days_waited,
    case task
        when 'application_without_decision'
            then 'Ansøgningen er uden afgørelse. Spørg fonden, og skriv afgørelsen ind.'
        when 'phase_due' then 'Fasens planlagte dato er nået. Skriv den faktiske dato, eller flyt planen.'
        when 'manager_not_heard' then 'Lederen på niveau 4-5 er ikke hørt. Spørg til relevans og ejerskab.'
        when 'assessment_missing' then 'Der mangler en politisk vurdering af netværket (R9.1).'
        when 'leader_missing' then 'Netværket har ingen referenceleder. Skriv den nye ind i arket Roller.'
        when 'test_without_decision'
            then 'Testen er slut uden afgørelse. Skriv, om løsningen optages eller afvises.'
        when 'dispute_without_decision' then 'Indsigelsen er uden afgørelse. Giv medhold eller ikke medhold.'
        when 'name_to_ask_about'
            then 'Er det samme enhed under nyt navn? Skriv det i så fald i arket Navneskift.'
    end as text_da,
    case task
        when 'application_without_decision'
            then 'The application has no decision. Ask the funder, and enter the decision.'
        when 'phase_due' then 'The planned date of the phase is reached. Enter the actual date, or move the plan.'
        when 'manager_not_heard'
            then 'The manager at level 4-5 was not heard. Ask about relevance and ownership.'
        when 'assessment_missing' then 'A political assessment of the network is missing (R9.1).'
        when 'leader_missing' then 'The network has no reference leader. Enter the new one in the sheet Roller.'
        when 'test_without_decision'
            then 'The test ended without a decision. Enter whether the solution is adopted or rejected.'
        when 'dispute_without_decision' then 'The dispute has no decision. Uphold or refuse it.'
        when 'name_to_ask_about'
            then 'Is it the same unit under a new name? If so, enter it in the sheet Navneskift.'
    end as text_en
from results.todo
