//! Who may call what: each row is one case, see `bench` for the language and the plan.

use super::bench::{Bench, plan};

const CASES_MIN: usize = 170;

const TABLE: &str = "
-- what no rule allows
ann asks | 6123 4567                      | no: NoRule
ann asks | 10086                          | no: NoRule
ann asks | 16899168                       | no: NoRule
ann asks | 4008 888 888                   | no: NoRule
ann asks | 95599                          | no: NoRule
ann asks | +44 20 7946 0000               | no: NotForAgent
ann asks | 0081 3 1234 5678               | no: NotForAgent
max asks | 021 6123 4567                  | no: UnknownAgent
-- premium and satellite numbers, however they are spelled
ann asks | 0168 99168                     | no: DeniedByRule premium
ann asks | +86 168 99168                  | no: DeniedByRule premium
ann asks | 0086 0168 99168                | no: DeniedByRule premium
ann asks | 9 0 168 99168                  | no: DeniedByRule premium
ann asks | +86 0 900 12345                | no: DeniedByRule premium
sue asks | +1 900 555 0100                | no: DeniedByRule us-premium
sue asks | +1900-555-0100                 | no: DeniedByRule us-premium
sue asks | 001 900 555 0100               | no: DeniedByRule us-premium
sue asks | 00 1 (900) 555.0100            | no: DeniedByRule us-premium
sue asks | 9 0 0 1 900 555 0100           | no: DeniedByRule us-premium
sue asks | 9 9 0 0 1 900 555 0100         | no: DeniedByRule us-premium
sue asks | 17951 00 1 900 555 0100        | no: DeniedByRule us-premium
sue asks | 9 17909 001 976 555 0100       | no: DeniedByRule us-premium
bob asks | +870 773 123456                | no: DeniedByRule satellite
bob asks | 00 881 6 1234 5678             | no: DeniedByRule satellite
bob asks | +882 16 1234 5678              | no: DeniedByRule satellite
bob asks | 9 00 870 773 123456            | no: DeniedByRule satellite
bob asks | 1795100870773123456            | no: DeniedByRule satellite
sue asks | +1 (0) 900 555 0100            | no: DeniedByRule us-premium
sue asks | 001 0 976 555 0100             | no: DeniedByRule us-premium
sue asks | +44 (0)7700 900000             | no: DeniedByRule uk-mobile
sue asks | 0044 07700 900000              | no: DeniedByRule uk-mobile
bob asks | +881 (0)6 1234 5678            | no: DeniedByRule satellite
sue asks | +44 (0)20 7946 0000            | C 004402079460000 as 4001 by uk
-- the code of a country without its plus is no number of the town
bob asks | 1 212 555 1234                 | no: TooLong
bob asks | 44 20 7946 0000                | no: TooLong
bob asks | 252 61 234567                  | no: TooLong
bob asks | 9 44 20 7946 0000              | no: TooLong
bob asks | 17951 1 212 555 1234           | no: TooLong
ann asks | 86 21 6123 4567                | A 02161234567 as 4001 by home
ann asks | 86 (0)21 6123 4567             | A 02161234567 as 4001 by home
ann asks | 9 86 21 6123 4567              | A 02161234567 as 4001 by home
ann asks | 86 138 0013 8000               | B 7013800138000 as 4001 by mobile
ann asks | 86 168 9916 8123               | no: DeniedByRule premium
ann asks | 86 138 0013 80001              | no: TooLong
ann asks | 95588 1234                     | A 955881234 as 4003 by bank
ann asks | 95588 12345                    | no: TooLong
ann asks | 95013 1234                     | no: DeniedByRule burma
ann asks | 86 28 6123 4567                | no: DeniedByRule chengdu
ann asks | +86 28 6123 4567               | no: DeniedByRule chengdu
ann asks | 028 6123 4567                  | no: DeniedByRule chengdu
-- a service number that is denied is denied behind a zero, a country or a code for a line
ann asks | 96110                          | no: DeniedByRule hotline
ann asks | 0 96110                        | no: DeniedByRule hotline
ann asks | +86 96110                      | no: DeniedByRule hotline
ann asks | 0086 (0) 96110                 | no: DeniedByRule hotline
ann asks | 9 0 96110                      | no: DeniedByRule hotline
ann asks | 0 9 96110                      | no: DeniedByRule hotline
ann asks | 9 96110                        | no: DeniedByRule hotline
ann asks | 17951 0 96110                  | no: DeniedByRule hotline
ann asks | 0961 1012 345                  | A 09611012345 as 4001 by home
ann asks | +86 961 1012 3456              | A 096110123456 as 4001 by home
-- what is no number
ann asks |                                | no: NotANumber
ann asks | +                              | no: NotANumber
ann asks | ０２１６１２３４５６７         | no: NotANumber
ann asks | 021 6123 ext 5                 | no: NotANumber
ann asks | 021+6123 4567                  | no: NotANumber
ann asks | 1234567890123456789012345      | no: NotANumber
ann asks | *72 021 6123 4567              | no: FeatureCode
ann asks | *67 0044 20 7946 0000          | no: FeatureCode
ann asks | #31# 021 6123 4567             | no: FeatureCode
ann asks | 021 6123 4567 #                | no: FeatureCode
ann asks | 021 *00 44 20 7946 0000        | no: FeatureCode
ann asks | 000 44 20 7946 0000            | no: NoSuchNumber
ann asks | +0 44 20 7946 0000             | no: NoSuchNumber
ann asks | +86 00 44 20 7946 0000         | no: NoSuchNumber
ann asks | 0086 0 021 6123 4567           | no: NoSuchNumber
ann asks | 0                              | no: NoSuchNumber
ann asks | 1795 2004 4207 9460            | no: TooLong
bob asks | +44 20 7946 0000 0000          | no: TooLong
-- one number in any spelling is sent as the carrier wants it
ann asks | 021 6123 4567                  | A 02161234567 as 4001 by home
ann asks | +86 21 6123 4567               | A 02161234567 as 4001 by home
ann asks | +86 (0)21 6123-4567            | A 02161234567 as 4001 by home
ann asks | 0086 21 6123 4567              | A 02161234567 as 4001 by home
ann asks | 9 021 6123 4567                | A 02161234567 as 4001 by home
ann asks | 17909 021 6123 4567            | A 02161234567 as 4001 by home
ann asks | 1900 555 0100                  | A 019005550100 as 4001 by home
bob asks | +81 3 1234 5678                | C 0081312345678 as 4001 by world
ann asks | 95588                          | A 95588 as 4003 by bank
-- the longest beginning decides, and of two as long the one that denies
sue asks | +44 20 7946 0000               | C 00442079460000 as 4001 by uk
bob asks | +44 20 7946 0000               | C 00442079460000 as 4001 by world
sue asks | +44 7700 900000                | no: DeniedByRule uk-mobile
bob asks | 0044 7700 900000               | no: DeniedByRule uk-mobile
ann asks | +49 30 123456                  | no: DeniedByRule no-germany
bob asks | +49 30 123456                  | no: DeniedByRule no-germany
-- the number that is shown: usual, fixed, of the site, that was dialled, none
bob asks | 021 6123 4567                  | A 02161234567 as 4001 by home
bob asks | 95588                          | A 95588 as 4003 by bank
ann asks | 138 0013 8000                  | B 7013800138000 as 4001 by mobile
bob asks | 138 0013 8000                  | B 7013800138000 as 4002 by mobile
ann asks for 4003 | 138 0013 8000         | B 7013800138000 as 4003 by mobile
ann asks | +1 212 555 0100                | B 70012125550100 as nobody by us
- down B
bob asks | +1 212 555 0100                | C 0012125550100 as 4002 by us past B:Unreachable
-- a trunk that does not work, or is in no plan
- down A
ann asks | 021 6123 4567                  | B 702161234567 as 4001 by home past A:Unreachable
ann asks | 95588                          | A 95588 as 4003 by bank
ann asks | +33 1 4012 3456                | no: NoTrunk past D:Unknown
- down B
ann asks | 021 6123 4567                  | A 02161234567 as 4001 by home
- up A
ann asks | 021 6123 4567                  | A 02161234567 as 4001 by home
-- emergency numbers
ann asks | 110                            | A 110 as 4001 by emergency
bob asks | 1-2-0                          | A 120 as 4002 by emergency
max asks | 119                            | A 119 as 4001 by emergency
ann asks | 122                            | A 122 as 4001 by emergency
ann asks | 9 110                          | A 110 as 4001 by emergency
ann asks | 0 120                          | A 120 as 4001 by emergency
ann asks | 9 9 110                        | no: NoRule
ann asks | 1100                           | no: NoRule
ann asks | 110#                           | no: FeatureCode
- down A
ann asks | 110                            | B 110 as 4001 by emergency past A:Unreachable
- down B
- down C
ann asks | 110                            | A 110 as 4001 by emergency
-- six calls a minute of one agent
- ann called 95588 x5
ann asks | 95588                          | A 95588 as 4003 by bank
- ann called 95588 x1
ann asks | 95588                          | no: AgentPerMinute
ann asks | 110                            | A 110 as 4001 by emergency
bob asks | 95588                          | A 95588 as 4003 by bank
- +59s
ann asks | 95588                          | no: AgentPerMinute
- +1s
ann asks | 95588                          | A 95588 as 4003 by bank
-- a customer handed over, or asked about, is a call like any other
- ann called 95588 x3
- ann transferred 95588 x2
ann asks | 95588                          | A 95588 as 4003 by bank
- ann transferred 95588 x1
ann asks for 4003 | 95588                 | no: AgentPerMinute
-- twelve calls a day of one agent, on the day of Shanghai
- ann called 95588 x6
- +60s
- ann called 95588 x5
- +60s
ann asks | 95588                          | A 95588 as 4003 by bank
- ann called 95588 x1
- +60s
ann asks | 95588                          | no: AgentPerDay
- clock -2h
ann asks | 95588                          | no: AgentPerDay
- +956m
ann asks | 95588                          | no: AgentPerDay
- +1m
ann asks | 95588                          | A 95588 as 4003 by bank
-- a clock that is put back over midnight gives no fresh day
- +840m
- ann called 95588 x6
- +60s
- ann called 95588 x6
- clock -1h
- +60s
ann asks | 95588                          | no: AgentPerDay
-- two calls out at once on A: the next overflows or is told why
ann calls | 95588                         | A 95588 as 4003 by bank
bob calls | 95588                         | A 95588 as 4003 by bank
sue asks | 95588                          | no: TrunksFull past A:OutboundFull
sue asks | 021 6123 4567                  | B 702161234567 as 4001 by home past A:OutboundFull
sue asks | 110                            | A 110 as 4001 by emergency
- ended
sue asks | 95588                          | A 95588 as 4003 by bank
-- three calls on A in all, two of them in
A rings |                                 | gets in
- inbound A
A rings |                                 | gets in
- inbound A
A rings |                                 | busy: InboundFull
ann calls | 95588                         | A 95588 as 4003 by bank
bob asks | 95588                          | no: TrunksFull past A:Full
A rings |                                 | busy: Full
-- three calls a minute and five a day on B
- ann called 13800138000 x2
ann asks | 138 0013 8000                  | B 7013800138000 as 4001 by mobile
- ann called 13800138000 x1
ann asks | 138 0013 8000                  | A 013800138000 as 4001 by mobile past B:PerMinute
- +60s
- ann called 13800138000 x1
ann asks | 138 0013 8000                  | B 7013800138000 as 4001 by mobile
- ann called 13800138000 x1
- +60s
ann asks | 138 0013 8000                  | A 013800138000 as 4001 by mobile past B:PerDay
- +840m
ann asks | 138 0013 8000                  | B 7013800138000 as 4001 by mobile
-- two calls a minute and four a day to one destination
- sue called 00442079460000 x1
sue asks | +44 20 7946 0000               | C 00442079460000 as 4001 by uk
- sue called 00442079460000 x1
sue asks | +44 20 7946 0000               | no: RulePerMinute uk
- +60s
- sue called 00442079460000 x1
sue asks | +44 20 7946 0000               | C 00442079460000 as 4001 by uk
- sue called 00442079460000 x1
- +60s
sue asks | +44 20 7946 0000               | no: RulePerDay uk
-- ten minutes of talk a day to one destination, the talk that goes on included
sue calls | +44 20 7946 0000              | C 00442079460000 as 4001 by uk
- answered
- +599s
sue asks | +44 20 7946 0000               | C 00442079460000 as 4001 by uk
- +1s
sue asks | +44 20 7946 0000               | no: RuleTalk uk
- ended
sue asks | +44 20 7946 0000               | no: RuleTalk uk
- +840m
sue asks | +44 20 7946 0000               | C 00442079460000 as 4001 by uk
-- four dear numbers in ten minutes stop the agent
sue tries | +44 20 7946 0001              | C 00442079460001 as 4001 by uk
sue tries | +44 20 7946 0001              | C 00442079460001 as 4001 by uk
sue tries | 0044 20 7946 0001             | C 00442079460001 as 4001 by uk
sue tries | +44 20 7946 0002              | C 00442079460002 as 4001 by uk
sue tries | +44 20 7946 0003              | C 00442079460003 as 4001 by uk
sue tries | +44 20 7946 0004              | no: AgentStopped
sue asks | 021 6123 4567                  | no: AgentStopped
sue asks | 110                            | A 110 as 4001 by emergency
ann asks | 021 6123 4567                  | A 02161234567 as 4001 by home
- +900m
sue asks | 021 6123 4567                  | no: AgentStopped
- release sue
sue tries | +44 20 7946 0004              | C 00442079460004 as 4001 by uk
-- four numbers of one destination stop it for everybody
ann tries | +1 212 555 0101               | B 70012125550101 as nobody by us
bob tries | +1 212 555 0102               | B 70012125550102 as nobody by us
sue tries | +1 212 555 0103               | B 70012125550103 as nobody by us
ann tries | +1 212 555 0104               | no: RuleStopped us
bob asks | +1 212 555 0101                | no: RuleStopped us
bob asks | +81 3 1234 5678                | C 0081312345678 as 4001 by world
- release us
bob asks | +1 212 555 0101                | B 70012125550101 as nobody by us
-- numbers that lie further apart are no alarm
ann tries | +1 212 555 0101               | B 70012125550101 as nobody by us
- +600s
ann tries | +1 212 555 0102               | B 70012125550102 as nobody by us
ann tries | +1 212 555 0103               | B 70012125550103 as nobody by us
ann tries | +1 212 555 0104               | B 70012125550104 as nobody by us
";

#[test]
fn every_row_of_the_toll_fraud_table_holds() {
    let mut bench = Bench::new(plan());
    let mut wrong = String::new();
    let mut heading = "";
    for line in TABLE.lines().filter(|line| !line.is_empty()) {
        if line.starts_with("--") {
            heading = line;
        }
        if let Some((found, expected)) = bench.line(line)
            && found != expected
        {
            wrong += &format!("{heading}\n    {line}\n    found: {found}\n");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(bench.rows >= CASES_MIN, "{} rows", bench.rows);
}
