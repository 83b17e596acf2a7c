//! All keys in a dialog, made from their table.

use crate::keys::{Binding, Group, Holds, KEYS};
use crate::shared::Shared;
use cutline_session::catalogue::keys::KeyText;
use cutline_session::{Session, Text};
use web_sys::HtmlDialogElement;
use yew::prelude::*;

#[derive(Clone, Debug, PartialEq, Properties)]
pub(crate) struct KeyHelpProps {
    pub session: Shared,
    pub close: Callback<()>,
}

/// The dialog. The browser keeps the focus in it and gives it back; Escape closes it.
#[component]
pub(crate) fn KeyHelp(props: &KeyHelpProps) -> Html {
    let node = use_node_ref();
    use_effect_with(node.clone(), |node| {
        if let Some(dialog) = node.cast::<HtmlDialogElement>() {
            // It is not open yet and in the document, so this cannot fail.
            _ = dialog.show_modal();
        }
    });
    let session = props.session.read();
    let close = props.close.reform(|_: MouseEvent| ());
    // A press on the dialog itself, and on nothing inside, is one on what is around it.
    let outside = {
        let (node, close) = (node.clone(), props.close.clone());
        Callback::from(move |event: MouseEvent| {
            if node.get().is_some_and(|dialog| event.target_dyn_into::<web_sys::Node>().as_ref() == Some(&dialog)) {
                close.emit(());
            }
        })
    };
    let groups = [
        (Group::Time, KeyText::OfTime),
        (Group::Run, KeyText::OfRun),
        (Group::Diagram, KeyText::OfDiagram),
        (Group::Cut, KeyText::OfCut),
        (Group::Views, KeyText::OfViews),
        (Group::Page, KeyText::OfPage),
    ];
    html! {
        <dialog class="key-help" ref={node} aria-labelledby="key-help-title" onclose={props.close.reform(|_| ())} onclick={outside}>
            <div class="key-help-body">
                <div class="menu-title">
                    <h2 id="key-help-title">{ session.say(KeyText::Title, &[]) }</h2>
                    <button class="quiet icon" aria-label={session.say(Text::Close, &[])} onclick={close}>{ "×" }</button>
                </div>
                <p class="hint">{ session.say(KeyText::Intro, &[]) }</p>
                { for groups.iter().map(|(group, title)| group_html(&session, *group, *title)) }
            </div>
        </dialog>
    }
}

fn group_html(session: &Session, group: Group, title: KeyText) -> Html {
    let of_group: Vec<&Binding> = KEYS.iter().filter(|binding| binding.group == group).collect();
    // Bindings that say the same share a line.
    let lines = of_group.chunk_by(|a, b| a.says == b.says).enumerate().map(|(at, bindings)| {
        let keys: Vec<&str> = bindings.iter().flat_map(|binding| binding.keys).copied().collect();
        let names: Vec<&str> = keys.iter().map(|key| if *key == " " { "Space" } else { *key }).collect();
        html! {
            <tr key={at} data-keys={names.join(" ")} data-on={on_names(bindings)}>
                <th scope="row">{ keys_html(session, &keys) }</th>
                <td>{ session.say(bindings[0].says, &[]) }</td>
            </tr>
        }
    });
    html! {
        <>
            <h3>{ session.say(title, &[]) }</h3>
            <table>
                <thead class="unseen"><tr>
                    <th scope="col">{ session.say(KeyText::Key, &[]) }</th>
                    <th scope="col">{ session.say(KeyText::Does, &[]) }</th>
                </tr></thead>
                <tbody>{ for lines }</tbody>
            </table>
        </>
    }
}

/// What has these keys, where it is not the whole page.
fn on_names(bindings: &[&Binding]) -> Option<String> {
    let names = bindings.iter().filter_map(|binding| match binding.holds {
        Holds::On(on) => Some(on.iter().map(|on| on.name()).collect::<Vec<_>>().join(" ")),
        Holds::Everywhere | Holds::Unless(_) | Holds::Presenting => None,
    });
    names.reduce(|all, more| format!("{all} {more}"))
}

fn keys_html(session: &Session, keys: &[&str]) -> Html {
    let one = |key: &str| html! { <kbd>{ sign(session, key) }</kbd> };
    // What is held down together.
    let kbd = |key: &str| match key.len() {
        1 => one(key),
        _ => key
            .split('+')
            .enumerate()
            .map(|(at, key)| html! { <>{ if at > 0 { "+" } else { "" } }{ one(key) }</> })
            .collect(),
    };
    match keys {
        [first, .., last] if keys.len() > 6 => html! { <>{ kbd(first) }{ " … " }{ kbd(last) }</> },
        _ => keys.iter().map(|key| html! { <>{ kbd(key) }{ " " }</> }).collect(),
    }
}

/// A key as it is printed on keyboards.
fn sign(session: &Session, key: &str) -> String {
    match key {
        "ArrowRight" => "→".into(),
        "ArrowLeft" => "←".into(),
        "ArrowUp" => "↑".into(),
        "ArrowDown" => "↓".into(),
        " " => session.say(KeyText::KeySpace, &[]),
        "PageDown" => "Page ↓".into(),
        "PageUp" => "Page ↑".into(),
        "Escape" => "Esc".into(),
        _ => key.to_uppercase().chars().take(1).chain(key.chars().skip(1)).collect(),
    }
}
