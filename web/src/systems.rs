//! The choice of another system: its algorithm with what that assumes, its network, what its processes do.

use crate::popover::Popover;
use crate::shared::{Shared, SharedProps};
use cutline_session::Text;
use cutline_session::catalogue::systems::SystemText;
use cutline_session::systems::Offered;
use yew::prelude::*;

/// A button with the name of the algorithm, which opens the choice.
#[component]
pub(crate) fn Systems(props: &SharedProps) -> Html {
    let open = use_state(|| false);
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let close = {
        let open = open.clone();
        Callback::from(move |()| open.set(false))
    };
    let (name, label) = {
        let session = props.session.read();
        let name = session.algorithm_name();
        let label = session.say(SystemText::Choose, &[("name", &name)]);
        (name, label)
    };
    html! {
        <span class="systems">
            <button class="quiet system" aria-label={label} aria-haspopup="dialog" aria-expanded={open.to_string()}
                onpointerdown={Callback::from(|event: PointerEvent| event.stop_propagation())}
                onmousedown={Callback::from(|event: MouseEvent| event.prevent_default())} onclick={toggle}>
                <svg class="sign" viewBox="0 0 20 20" aria-hidden="true">
                    <path d="M5 7v6M7 5h6M6.5 13.5l7-7M15 7v6" /><circle cx="5" cy="5" r="2" /><circle cx="15" cy="5" r="2" />
                    <circle cx="5" cy="15" r="2" /><circle cx="15" cy="15" r="2" />
                </svg>
                <span>{ name }</span>
            </button>
            if *open {
                { dialog(props, close) }
            }
        </span>
    }
}

fn dialog(props: &SharedProps, close: Callback<()>) -> Html {
    let session = props.session.read();
    let groups = [
        (SystemText::Algorithms, session.algorithms()),
        (SystemText::Channels, session.networks()),
        (SystemText::Processes, session.kinds_of_processes()),
        (SystemText::Snapshots, session.rhythms()),
    ];
    html! {
        <Popover title={session.say(SystemText::Title, &[])} close_label={session.say(Text::Close, &[])} {close}>
            { for groups.iter().map(|(heading, offered)| group(props, &props.session, *heading, offered)) }
            <p class="hint">{ session.say(SystemText::Carried, &[]) }</p>
        </Popover>
    }
}

fn group(props: &SharedProps, session: &Shared, heading: SystemText, offered: &[Offered]) -> Html {
    let name = format!("system-{heading:?}");
    let line = |(at, one): (usize, &Offered)| {
        let msg = one.msg;
        let tell = props.tell.clone();
        let onchange = Callback::from(move |_: Event| tell.emit(msg));
        html! {
            <label key={at}>
                <input type="radio" name={name.clone()} checked={one.is_chosen} {onchange} />
                <span>{ &one.label }</span>
                { for one.remark.iter().map(|words| html! { <small>{ words }</small> }) }
                { for one.unmet.iter().map(|words| html! { <small class="unmet">{ words }</small> }) }
            </label>
        }
    };
    html! {
        <section key={format!("{heading:?}")} role="radiogroup" aria-label={session.text(heading)}>
            <h3>{ session.text(heading) }</h3>
            <div class="options">{ for offered.iter().enumerate().map(line) }</div>
        </section>
    }
}
