#pragma once

class QVBoxLayout;
class QWidget;

namespace acuguide::ui {

/// A panel of the style sheet with its padding: returns the column to fill, and `frame`, the widget to place.
QVBoxLayout* makePanel(QWidget*& frame);

}  // namespace acuguide::ui
