//! How much room an element has.

use wasm_bindgen::prelude::*;
use web_sys::{Element, ResizeObserver};
use yew::prelude::*;

/// Width and height of an element in whole pixels, kept up to date; none before it is first measured.
#[hook]
pub(crate) fn use_room(node: NodeRef) -> Option<(i32, i32)> {
    let room = use_state_eq(|| None);
    let setter = room.setter();
    use_effect_with((), move |()| {
        let observation = node.cast::<Element>().and_then(|element| Observation::of(&element, setter));
        move || drop(observation)
    });
    *room
}

/// Watches until dropped.
struct Observation {
    observer: ResizeObserver,
    _callback: Closure<dyn FnMut()>,
}

impl Observation {
    fn of(element: &Element, setter: UseStateSetter<Option<(i32, i32)>>) -> Option<Self> {
        let measured = element.clone();
        let measure = move || {
            let room = (measured.client_width(), measured.client_height());
            // What is hidden, as on paper, keeps the room that it had.
            if room.0 > 0 && room.1 > 0 {
                setter.set(Some(room));
            }
        };
        // At once, too: in a frame that is out of sight the observer keeps silent.
        measure();
        let callback = Closure::<dyn FnMut()>::new(measure);
        let observer = ResizeObserver::new(callback.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(Self { observer, _callback: callback })
    }
}

impl Drop for Observation {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
