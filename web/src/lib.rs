//! The page. The only crate that names a browser: it paints what the session and the diagram say, and tells the
//! session what the reader does.

mod address;
mod app;
mod arrivals;
mod branches;
mod copy_link;
mod elements;
mod embed;
mod events;
mod figure;
mod figure_items;
mod figure_tools;
mod focus;
mod gesture;
mod header;
mod keeper;
mod key_help;
mod keys;
mod legend;
mod lit;
mod measure;
mod minimap;
mod motion;
mod network;
mod notice;
mod open_file;
mod outcome;
mod own_cut;
mod paint;
mod panel;
mod passage;
mod picture;
mod popover;
mod preferences;
mod process_menu;
mod recorded;
mod report;
mod rules;
mod scrolling;
mod shared;
mod sheet;
mod stage;
mod tabs;
mod thing_menu;
mod traffic;
mod transport;
mod viewport;

pub use app::App;
pub use branches::Branches;
pub use embed::{Part, Shown, use_shown};
pub use events::Events;
pub use figure::Figure;
pub use network::NetworkView;
pub use panel::Panel;
pub use picture::Picture;
pub use process_menu::{MenuProps, ProcessMenu};
pub use shared::{Shared, SharedProps};
pub use thing_menu::{ThingMenu, ThingMenuProps};
pub use transport::Transport;

/// Mounts the page in the element `cutline` of the document, or in the body if there is none.
pub fn start() {
    let document = web_sys::window().and_then(|window| window.document());
    match document.and_then(|document| document.get_element_by_id("cutline")) {
        Some(root) => {
            root.set_inner_html("");
            yew::Renderer::<App>::with_root(root).render();
        }
        None => _ = yew::Renderer::<App>::new().render(),
    }
}
