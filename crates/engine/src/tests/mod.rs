//! Scripts against the floor, by behaviour. Each line is an input; what comes out is written under it.

mod attendance;
mod consistent;
mod consult;
mod fault;
mod flow;
mod happy_path;
mod hours;
mod kept_place;
mod limits;
mod offer;
mod outbound;
mod outbound_phones;
mod presence;
mod queue;
mod recording;
mod restart;
mod run;
mod script;
mod settings_change;
mod talk;
mod telephone;
mod telephone_lost;
mod transfer;
mod voicemail;
mod words;
mod wrap_up;
