"""The kernel that puts rules, trees and neighbours together."""
