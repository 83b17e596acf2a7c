//! Starts the page.

fn main() {
    cutline_web::start();
}
